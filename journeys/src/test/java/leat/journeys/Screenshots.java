package leat.journeys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of the main pages, light and dark on a desk and light on a phone, in {@code target/screenshots}, for people to look
 * at: {@code ./leat test journeys -Dtest=Screenshots}.
 */
final class Screenshots {
    private static final Path PICTURES = Path.of(System.getProperty("leat.pictures", "target/screenshots"));
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    private static final String PETS = """
            # The API of the pet shop, as the app will see it.
            - endpoint:
                method: GET
                path: /pets
                query: {limit: int}
                response:
                  headers: {Content-Type: application/json}
                  body: '{"pets": [{"id": 1, "name": "Rex"}], "limit": {{query-params.limit}}}'
            - endpoint:
                method: GET
                path: /pets/:id|int
                response:
                  headers: {Content-Type: application/json}
                  body: '{"id": {{path-params.id}}, "name": "Rex"}'
            - endpoint:
                method: POST
                path: /pets
                response: {status: 201, body: '{"created": true}', headers: {Content-Type: application/json}}
            """;

    @TempDir
    Path folder;

    @Test
    void of_every_page() throws Exception {
        try (Product product = Product.start(folder)) {
            strangers(product);
            var workshop = Workshop.founded(product);
            Api ada = workshop.ada();
            try (Tab tab = workshop.signedIn("ada")) {
                pictures(tab, "mocks-none", "/mocks");
            }
            ada.post("/api/accounts/organizations", Map.of("name", "grange", "displayName", "The Grange"))
                    .with(201);
            workshop.joined("workshop", "EDITOR", "ben");
            workshop.joined("workshop", "VIEWER", "vera");
            String pets = mocks(product, ada);
            String invitation = ada.post("/api/accounts/organizations/workshop/invitations", Map.of("role", "EDITOR"))
                    .with(201)
                    .text("url");
            try (Tab guest = Browser.shared().person(product)) {
                guest.open(invitation);
                pictures(guest, "invitation", "/invitations/acceptance");
            }
            String login = Api.nobody(product)
                    .post("/api/accounts/logins", Map.of("label", "ada's laptop"))
                    .with(201)
                    .text("url");
            try (Tab tab = workshop.signedIn("ada").expect(404)) {
                for (String page : List.of(
                        "/mocks",
                        "/mocks?q=nothing",
                        "/mocks/new",
                        "/organizations",
                        "/organizations/workshop",
                        "/organizations/workshop/audit",
                        "/settings",
                        "/settings/sessions",
                        "/settings/tokens",
                        "/settings/activity",
                        "/operations",
                        "/api",
                        "/api?q=publication",
                        "/problems/mock.absent",
                        "/nowhere")) {
                    pictures(tab, page.substring(1).replaceAll("[^a-z]+", "-"), page);
                }
                pictures(tab, "mock", "/mocks/" + pets);
                pictures(tab, "revisions", "/mocks/" + pets + "/revisions");
                pictures(tab, "request", "/mocks/" + pets + "/requests/2");
                pictures(tab, "request-unmatched", "/mocks/" + pets + "/requests/4");
                pictures(tab, "login", login.substring(product.url().length()));
                situations(tab, pets);
            }
            String draft = Workshop.created(ada, "workshop", "broken", PETS.replace("method: POST", "method: PAST"));
            ada.put("/api/mocks/mocks/" + draft + "/publication", Map.of()).with(200, 202);
            try (Tab tab = workshop.signedIn("ada")) {
                pictures(tab, "mock-invalid", "/mocks/" + draft);
            }
            try (Tab vera = workshop.signedIn("vera")) {
                pictures(vera, "mock-viewer", "/mocks/" + pets);
            }
        }
    }

    private static void strangers(Product product) throws IOException {
        try (Tab guest = Browser.shared().person(product).expect(410)) {
            pictures(guest, "sign-in", "/sign-in");
            pictures(guest, "link-gone", "/invitations?secret=gone");
        }
        try (Tab owner = Browser.shared().person(product)) {
            owner.open(product.ownerLink());
            pictures(owner, "first-sign-in", "/first-sign-in");
        }
        try (Tab wrong = Browser.shared()
                .person(product)
                .expect(401)
                .expect(403)
                .expect(422)
                .expect(400)) {
            wrong.open("/sign-in")
                    .fill("Name or e-mail address", "ada")
                    .fill("Password", "wrong")
                    .click("Sign in");
            wrong.sees("[role=alert]", "");
            picture(wrong, "sign-in-wrong");
        }
    }

    /** A published mock with a past and with callers, beside a draft; gives the first one's id. */
    private static String mocks(Product product, Api ada) throws IOException {
        String pets = Workshop.published(ada, "workshop", "pets", PETS.replace("Rex", "Bello"));
        ada.yaml("PUT", "/api/mocks/mocks/" + pets + "/source", PETS).with(200);
        Workshop.publish(ada, pets);
        Workshop.created(ada, "workshop", "orders", Workshop.answering("/orders", "none"));
        String old =
                Workshop.published(ada, "grange", "an-old-mock-with-quite-a-long-name", Workshop.answering("/x", "y"));
        ada.delete("/api/mocks/mocks/" + old + "/publication").with(200);
        for (String target : List.of("/pets?limit=3", "/pets/7", "/pets/8", "/pets/rex", "/cats")) {
            Wire.get(product.port(), "pets-workshop.localhost", target);
        }
        return pets;
    }

    /** What no address shows: a menu, a question, a fresh secret, an error while writing. */
    private static void situations(Tab tab, String mock) throws IOException {
        tab.open("/mocks/" + mock).clickOn("summary[aria-label^='Account']");
        picture(tab, "account-menu");
        tab.open("/mocks/" + mock).click("Unpublish").sees("dialog", "offline");
        picture(tab, "question");
        tab.open("/settings/tokens").fill("Name", "build server").clickOn("input[value='*']");
        tab.click("Make token").sees("Token made");
        picture(tab, "token-made");
        tab.open("/mocks/new").fill("Name", "pets").write(PETS.replace("status: 201", "status: fine"));
        tab.sees("#findings", "error");
        picture(tab, "writing-error");
    }

    static void pictures(Tab tab, String name, String path) throws IOException {
        tab.size(DESK, false).prefers("light").open(path);
        picture(tab, name);
    }

    /** Of what is before us now, three times. */
    static void picture(Tab tab, String name) throws IOException {
        tab.await("!document.querySelector('leat-editor:not([data-ready])')");
        tab.size(DESK, false).prefers("light").picture(PICTURES.resolve(name + "-light.png"));
        tab.prefers("dark").picture(PICTURES.resolve(name + "-dark.png"));
        tab.size(PHONE, true).prefers("light").picture(PICTURES.resolve(name + "-phone.png"));
        if (tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
                .asBoolean()) {
            System.out.println(name + " is wider than a phone");
        }
        tab.size(DESK, false);
    }
}
