package leat.journeys;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the pages of notes, as {@link Screenshots} takes them: {@code ./leat test journeys -Dtest=NoteScreenshots}. */
final class NoteScreenshots {
    private static final String NOTES = "/api/notes/notes";
    private static final String ORGANIZATION = "?organization=workshop";

    private static final String ROOF = """
            The north side lets water in **above the lathe**. See [[Builders we know]].

            ![The roof from the yard](attachment:roof.png)

            ## Before winter

            - [x] Find the leak
            - [ ] Order forty slates
            - [ ] Ask for a ladder

            | slate | price |
            |---|---:|
            | Welsh, 50 × 25 cm | 4.20 |
            | Spanish | 2.80 |
            """;

    @TempDir
    Path folder;

    @Test
    void of_every_page_of_notes() throws Exception {
        try (Product product = Product.start(folder)) {
            var workshop = Workshop.founded(product);
            Api ada = workshop.ada();
            workshop.joined("workshop", "EDITOR", "ben");
            workshop.joined("workshop", "VIEWER", "vera");
            String house = made(ada, "/api/notes/notebooks", Map.of("name", "House"));
            String outside = made(ada, "/api/notes/notebooks", Map.of("name", "Roof and walls", "parent", house));
            String roof = written(ada, outside);
            ada.put(NOTES + "/" + roof + "/shares/ben", Map.of("role", "Editor"))
                    .with(200);
            ada.put("/api/notes/notebooks/" + house + "/shares/vera", Map.of("role", "Commenter"))
                    .with(200);
            String link = path(ada, NOTES + "/" + roof);
            String notebookLink = path(ada, "/api/notes/notebooks/" + house);
            try (Tab tab = workshop.signedIn("ada").expect(404)) {
                for (String page : List.of(
                        "/notes",
                        "/notes?q=roof",
                        "/notes?tag=garden",
                        "/notes/board",
                        "/notes/calendar",
                        "/notes/tags",
                        "/notes/trash",
                        "/notes/timeline",
                        "/notes/searches",
                        "/notes/notebooks",
                        "/notes/new")) {
                    Screenshots.pictures(tab, page.substring(1).replaceAll("[^a-z]+", "-"), page);
                }
                Screenshots.pictures(tab, "note", "/notes/" + roof);
                Screenshots.pictures(tab, "note-edit", "/notes/" + roof + "/edit");
                Screenshots.pictures(tab, "note-history", "/notes/" + roof + "/history");
                Screenshots.pictures(tab, "note-sharing", "/notes/" + roof + "/sharing");
                tab.click("Make a public link").sees("The link is made");
                Screenshots.picture(tab, "note-sharing-made");
                Screenshots.pictures(tab, "notebook", "/notes/notebooks/" + outside);
                Screenshots.pictures(tab, "notebook-sharing", "/notes/notebooks/" + outside + "/sharing");
            }
            try (Tab ben = workshop.signedIn("ben")) {
                Screenshots.pictures(ben, "note-shared", "/notes/" + roof);
                ada.delete(NOTES + "/" + roof + "/shares/ben").with(200);
                ben.sees("You see this note no more");
                Screenshots.picture(ben, "note-gone");
            }
            try (Tab stranger = Browser.shared().person(product.url()).expect(404)) {
                Screenshots.pictures(stranger, "public", link);
                Screenshots.pictures(stranger, "public-notebook", notebookLink);
                Screenshots.pictures(stranger, "public-gone", link.substring(0, link.length() - 1) + "~");
            }
        }
    }

    private static String made(Api ada, String path, Map<String, Object> draft) throws IOException {
        return ada.post(path + ORGANIZATION, draft).with(201).text("id");
    }

    private static String path(Api ada, String thing) throws IOException {
        return ada.post(thing + "/links", Map.of("days", 30)).with(201).text("path");
    }

    /** Notes of every kind; gives the id of the one with the most in it. */
    private static String written(Api ada, String notebook) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        made(ada, NOTES, Map.of("title", "Builders we know", "body", "Slaters first.", "tags", List.of("people")));
        made(
                ada,
                NOTES,
                Map.of(
                        "title",
                        "Order forty slates and a box of copper nails from the merchant at the harbour",
                        "status",
                        "Doing",
                        "access",
                        "Public",
                        "due",
                        now.plus(2, ChronoUnit.DAYS).toString(),
                        "color",
                        "b45309",
                        "tags",
                        List.of("house/roof", "garden")));
        for (String title : List.of("Sweep the chimney", "Sharpen the saws", "Paint the gate")) {
            made(
                    ada,
                    NOTES,
                    Map.of(
                            "title",
                            title,
                            "status",
                            title.startsWith("Paint") ? "Completed" : "ToDo",
                            "access",
                            "Public",
                            "due",
                            now.plus(title.length(), ChronoUnit.HOURS).toString(),
                            "tags",
                            List.of("garden", title.startsWith("Sweep") ? "house" : "tools")));
        }
        String old = made(ada, NOTES, Map.of("title", "An old thought"));
        ada.delete(NOTES + "/" + old).with(200);
        var draft = Map.<String, Object>of(
                "title",
                "The roof",
                "body",
                ROOF,
                "notebook",
                notebook,
                "status",
                "Review",
                "due",
                now.plus(9, ChronoUnit.DAYS).toString(),
                "tags",
                List.of("house/roof"));
        String roof = made(ada, NOTES, draft);
        ada.send("POST", NOTES + "/" + roof + "/attachments?name=roof.png", Map.of(), picture());
        ada.post(NOTES + "/" + roof + "/comments", Map.of("body", "Forty is *plenty*.", "stars", 4))
                .with(201);
        ada.post(
                        "/api/notes/searches" + ORGANIZATION,
                        Map.of("name", "What to do in the garden", "query", "tag=garden&status=ToDo"))
                .with(201);
        return roof;
    }

    private static byte[] picture() throws IOException {
        var image = new BufferedImage(640, 240, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0x9db4c0), 0, 240, new Color(0xe8ddcb)));
        pen.fillRect(0, 0, 640, 240);
        pen.setPaint(new Color(0x5c4742));
        pen.fillPolygon(new int[] {80, 320, 560}, new int[] {200, 60, 200}, 3);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
