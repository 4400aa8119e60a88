package leat.journeys;

import java.io.IOException;
import java.util.Map;

/** The owner "ada" of "workshop", at a keyboard or as a program, in a Leat that has been taken into use. */
record Workshop(Product product, Api ada) {
    static final String HOME = "/mocks";

    /** Takes a new Leat into use over plain forms. */
    static Workshop founded(Product product) throws IOException {
        return new Workshop(product, Api.owner(product));
    }

    /** Signs a person in, in a browser of their own. */
    Tab signedIn(String name) {
        return signedIn(product, name);
    }

    static Tab signedIn(Product product, String name) {
        return signedIn(product.url(), name);
    }

    /** @param url as people reach it, without a slash at its end */
    static Tab signedIn(String url, String name) {
        return Browser.shared()
                .person(url)
                .open("/sign-in")
                .fill("Name or e-mail address", name)
                .fill("Password", Api.PASSWORD)
                .click("Sign in")
                .at(HOME);
    }

    /** Another person, who owns an organization of their own name and is in no other but that of the invitation. */
    Api joined(String organization, String role, String name) throws IOException {
        String url = ada.post("/api/accounts/organizations/" + organization + "/invitations", Map.of("role", role))
                .with(201)
                .text("url");
        return Api.invited(product, url, name);
    }

    /** Makes a mock with its first revision and gives its id. */
    static String created(Api api, String organization, String name, String source) throws IOException {
        return api.yaml("POST", "/api/mocks/mocks?organization=" + organization + "&name=" + name, source)
                .with(201)
                .text("id");
    }

    /** Makes a mock that answers when this returns, and gives its id. */
    static String published(Api api, String organization, String name, String source) throws IOException {
        String id = created(api, organization, name, source);
        publish(api, id);
        return id;
    }

    static void publish(Api api, String id) throws IOException {
        api.put("/api/mocks/mocks/" + id + "/publication", Map.of()).with(200, 202);
        Eventually.holds("mock " + id + " is published", () -> status(api, id).equals("published"));
    }

    static String status(Api api, String id) throws IOException {
        return api.get("/api/mocks/mocks/" + id).with(200).text("status");
    }

    /** A mock that answers one path with one text. */
    static String answering(String path, String text) {
        return """
                - endpoint:
                    path: %s
                    response: {headers: {Content-Type: text/plain}, body: "%s"}
                """.formatted(path, text);
    }
}
