package leat.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A new Leat is taken into use: its owner comes in, works, and brings in others. One story in chapters, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ArrivalJourneyTest {
    private static final String PASSWORD = Api.PASSWORD;

    @TempDir
    static Path folder;

    private static Product product;

    @BeforeAll
    static void start() throws Exception {
        product = Product.start(folder);
    }

    @AfterAll
    static void end() {
        assertThat(product.errors()).isEmpty();
        product.close();
    }

    private static Tab signedIn(String name) {
        return Workshop.signedIn(product, name);
    }

    @Test
    @Order(1)
    void the_first_link_lets_its_owner_in_once() {
        try (Tab ada = Browser.shared().person(product);
                Tab thief = Browser.shared().person(product).expect(410).expect(404)) {
            ada.open(product.ownerLink())
                    .at("/first-sign-in")
                    .fill("Your user name", "ada")
                    .fill("Your organization", "workshop")
                    .fill("Password", PASSWORD)
                    .fill("Password again", "not the same at all")
                    .expect(400)
                    .click("Begin")
                    .sees("The two passwords differ.")
                    .fill("Password", PASSWORD)
                    .fill("Password again", PASSWORD)
                    .click("Begin")
                    .at(Workshop.HOME);
            ada.open("/organizations").sees("workshop");
            thief.open(product.ownerLink()).sees("link");
            assertThat(thief.where()).contains("first-sign-in");
            thief.open("/organizations").at("/sign-in");
        }
    }

    @Test
    @Order(2)
    void signing_out_ends_the_session_and_only_the_right_password_begins_another() {
        try (Tab ada = signedIn("ada")) {
            ada.clickOn("summary[aria-label^='Account']").click("Sign out").at("/sign-in");
            ada.open("/settings").at("/sign-in");
            ada.expect(401);
            ada.fill("Name or e-mail address", "ada")
                    .fill("Password", "not my password")
                    .click("Sign in")
                    .sees("[role=alert]", "");
            assertThat(ada.where()).startsWith("/sign-in");
            ada.fill("Name or e-mail address", "ada")
                    .fill("Password", PASSWORD)
                    .click("Sign in")
                    .at("/settings");
        }
    }

    @Test
    @Order(3)
    void an_invitation_brings_a_second_person_in_with_the_role_it_gives_and_no_more() {
        try (Tab ada = signedIn("ada");
                Tab ben = Browser.shared().person(product);
                Tab late = Browser.shared().person(product).expect(404).expect(410)) {
            ada.open("/organizations")
                    .fill("Name", "mill")
                    .fill("Shown as", "The Mill")
                    .click("Found")
                    .at("/organizations/mill")
                    .choose("Invite somebody as", "viewer: looks")
                    .click("Make link")
                    .sees("Invitation made");
            String link = ada.textOf(".secret code");
            ben.open(link)
                    .at("/invitations/acceptance")
                    .sees("You are invited as viewer.")
                    .fill("User name", "ben")
                    .fill("Password", PASSWORD)
                    .fill("Password again", PASSWORD)
                    .click("Open an account and join")
                    .at("/organizations/mill")
                    .sees("The Mill");
            assertThat(ben.isShowing("Make link")).as("a viewer invites nobody").isFalse();
            ben.expect(403).expect(404).open("/organizations/mill/audit").sees("owner");
            ben.open("/organizations/workshop").losesSight("Make link");
            assertThat(ben.isShowing("ada")).as("another's organization").isFalse();
            ben.open("/operations").losesSight("Views");
            late.open(link).losesSight("Open an account");

            ada.open("/organizations/mill")
                    .choose("Role of ben", "owner")
                    .clickOn("form[action$='/members/ben'] button");
            ada.await("[...document.querySelectorAll('.list .badge')].every(it => it.textContent.trim() === 'owner')");
            ben.open("/organizations/mill").sees("Make link");
        }
    }

    @Test
    @Order(4)
    void one_can_come_in_and_found_an_organization_by_keyboard_alone() {
        try (Tab ada = Browser.shared().person(product)) {
            ada.open("/sign-in");
            tabTo(ada, "Name or e-mail address");
            ada.type("ada").press("Tab");
            assertThat(ada.focus()).isEqualTo("Password");
            ada.type(PASSWORD).press("Enter").at(Workshop.HOME);
            ada.open("/organizations").press("Tab");
            assertThat(ada.focus()).isEqualTo("Skip to content");
            tabTo(ada, "Name");
            ada.type("by-hand");
            tabTo(ada, "Found");
            ada.press("Enter").at("/organizations/by-hand");
        }
    }

    private static void tabTo(Tab tab, String name) {
        for (int presses = 0; !tab.focus().equals(name); presses++) {
            assertThat(presses).as("presses of Tab until " + name).isLessThan(60);
            tab.press("Tab");
        }
    }

    @Test
    @Order(5)
    void a_chosen_theme_stays() {
        try (Tab ada = signedIn("ada").prefers("light")) {
            ada.open("/settings");
            String light = ada.text("getComputedStyle(document.body).backgroundColor");
            ada.clickOn("main [data-theme-choice=dark]");
            ada.await("getComputedStyle(document.body).backgroundColor !== '" + light + "'");
            String dark = ada.text("getComputedStyle(document.body).backgroundColor");
            ada.open("/organizations");
            assertThat(ada.text("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(dark);
            ada.open("/settings").clickOn("main [data-theme-choice=system]").prefers("dark");
            ada.await("getComputedStyle(document.body).backgroundColor === '" + dark + "'");
        }
    }

    @Test
    @Order(6)
    void operations_shows_the_owner_where_every_view_stands() {
        try (Tab ada = signedIn("ada")) {
            ada.open("/operations").sees("accounts").sees("Current").sees("events ever");
            ada.await("document.querySelector('[data-live-state]').dataset.state === 'live'");
        }
    }
}
