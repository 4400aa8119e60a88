package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import leat.apps.test.RunningApp.Answer;
import leat.kernel.Definition;
import leat.kernel.Module;
import leat.kernel.TaskPolicy;
import leat.kernel.port.Engine;
import leat.web.outgoing.Letter;
import leat.web.outgoing.MailReady;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reminders by HTTP, as they are set, ring, are answered, and go with their note. */
abstract class RemindersApiContract {
    private static final String MINE = "/api/notes/reminders";

    private final List<Letter> letters = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Running running;

    abstract Engine engine();

    /** Stands in for mail. */
    private final class Mail implements Module {
        @Override
        public String name() {
            return "mail";
        }

        @Override
        public void define(Definition m) {
            m.serves(MailReady.class, _ -> new MailReady.Found(true));
            m.task(Letter.SEND, TaskPolicy.DEFAULT, task -> letters.add(task.payload(Letter.class)));
        }
    }

    @BeforeEach
    void start() {
        running = Running.beside(engine(), List.of(new Mail()));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static String soon() {
        return in(400);
    }

    private static String in(int millis) {
        return LocalDateTime.ofInstant(Instant.now().plusMillis(millis), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private String set(String user, String note, Map<String, Object> draft) {
        Answer answer = running.as(user, "POST", NOTES + "/" + note + "/reminders", draft);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.text("id");
    }

    private List<String> rang(String user) {
        return running.get(user, MINE).all("rang").stream()
                .filter(it -> !it.isEmpty())
                .toList();
    }

    @Test
    void one_rings_once_on_the_page_and_by_mail_and_is_answered() {
        String note = running.create("ada", Running.open("Roof"));
        String id = set("ada", note, Map.of("at", soon()));
        await(() -> rang("ada").size() == 1);
        await(() -> letters.size() == 1);
        assertThat(letters.getFirst().to()).isEqualTo("ada@example.org");
        assertThat(letters.getFirst().subject()).contains("Roof");
        assertThat(running.page("ada", "/notes/reminders").text()).contains("Roof", "Done");
        assertThat(rang("bob")).isEmpty();
        String path = NOTES + "/" + note + "/reminders/" + id;
        assertThat(running.as("bob", "PUT", path + "/done", Map.of()).outcome()).isEqualTo("404 reminder.absent");
        assertThat(running.as("ada", "PUT", path + "/snooze", Map.of("minutes", 10))
                        .text("next"))
                .isNotEmpty();
        assertThat(rang("ada")).isEmpty();
        assertThat(running.as("ada", "PUT", path + "/snooze", Map.of("minutes", 10))
                        .outcome())
                .isEqualTo("409 reminder.silent");
        assertThat(running.as("ada", "DELETE", path).status()).isEqualTo(204);
        assertThat(running.get("ada", MINE).all("id")).isEmpty();
        assertThat(letters).hasSize(1);
    }

    @Test
    void one_before_the_note_is_due_follows_the_due_date_and_the_trash() {
        var draft = new HashMap<String, Object>(Running.open("Roof"));
        Instant due = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        draft.put("due", due.toString());
        String note = running.create("ada", draft);
        set("ada", note, Map.of("minutesBefore", 60));
        assertThat(running.get("ada", MINE).all("next"))
                .containsExactly(due.minus(1, ChronoUnit.HOURS).toString());
        draft.put("due", due.plus(1, ChronoUnit.DAYS).toString());
        running.as("ada", "PUT", NOTES + "/" + note, draft);
        await(() -> running.get("ada", MINE)
                .all("next")
                .equals(List.of(due.plus(23, ChronoUnit.HOURS).toString())));
        running.as("ada", "DELETE", NOTES + "/" + note);
        await(() -> running.get("ada", MINE).all("id").isEmpty());
        running.as("ada", "DELETE", NOTES + "/" + note + "/trash");
        await(() -> running.get("ada", MINE)
                .all("next")
                .equals(List.of(due.plus(23, ChronoUnit.HOURS).toString())));
    }

    @Test
    void who_sees_the_note_no_more_is_not_reminded() {
        String note = running.create("ada", Running.open("Roof"));
        String at = in(2_000);
        set("bob", note, Map.of("at", at));
        running.as("ada", "PUT", NOTES + "/" + note, Map.of("title", "Secret", "body", "", "access", "Private"));
        set("ada", note, Map.of("at", at));
        await(() -> rang("ada").size() == 1);
        assertThat(running.get("bob", MINE).text()).doesNotContain("Secret").doesNotContain("Roof");
        await(() -> letters.size() == 1);
        assertThat(letters.getFirst().to()).isEqualTo("ada@example.org");
        assertThat(running.as("bob", "GET", NOTES + "/" + note + "/reminders").status())
                .isEqualTo(404);
    }

    @Test
    void with_whom_a_note_is_shared_is_reminded_until_it_is_shared_no_more() {
        String note = running.create("ada", Map.of("title", "Jewels", "due", "2999-10-01T08:00:00Z"));
        String at = in(2_000);
        for (String user : List.of("bob", "eve")) {
            running.as("ada", "PUT", NOTES + "/" + note + "/shares/" + user, Map.of("role", "Viewer"));
            set(user, note, Map.of("at", at));
        }
        String bobs =
                running.as("bob", "PUT", "/api/notes/calendar-feed", Map.of()).text("url");
        String eves =
                running.as("eve", "PUT", "/api/notes/calendar-feed", Map.of()).text("url");
        assertThat(running.get("", bobs).text()).contains("Due: Jewels", "Reminder: Jewels");
        running.as("ada", "DELETE", NOTES + "/" + note + "/shares/bob");
        assertThat(running.get("bob", MINE).text()).doesNotContain("Jewels");
        assertThat(running.get("", bobs).text()).doesNotContain("Jewels");
        await(() -> rang("eve").size() == 1);
        await(() -> !letters.isEmpty());
        assertThat(letters).extracting(Letter::to).containsExactly("eve@example.org");
        assertThat(running.get("", eves).text()).contains("Due: Jewels");
        running.as("ada", "PUT", NOTES + "/" + note + "/shares/bob", Map.of("role", "Viewer"));
        await(() -> running.get("bob", MINE).all("id").isEmpty());
    }

    @Test
    void what_is_wrong_is_told_with_where_it_stands() {
        String note = running.create("ada", Running.open("Roof"));
        Answer answer = running.as(
                "ada", "POST", NOTES + "/" + note + "/reminders", Map.of("at", "soon", "zone", "Mars", "repeats", "x"));
        assertThat(answer.violations()).containsExactly("at at.shape", "zone zone.unknown", "repeats repeats.rule");
        Answer page = running.form(
                "ada",
                "POST",
                "/notes/" + note + "/reminders",
                Map.of("kind", "at", "at", "2001-01-01T10:00", "zone", "UTC"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Choose a moment in the future");
    }

    @Test
    void a_calendar_is_read_at_its_secret_address_until_that_is_closed() {
        var draft = new HashMap<String, Object>(Running.open("Mend, the roof"));
        draft.put("due", "2999-10-01T08:00:00Z");
        String note = running.create("ada", draft);
        running.create("zoe", Map.of("title", "Elsewhere", "due", "2999-10-01T08:00:00Z", "access", "Public"));
        running.create("bob", Map.of("title", "Hidden", "due", "2999-10-01T08:00:00Z"));
        set(
                "ada",
                note,
                Map.of("at", Instant.now().plus(1, ChronoUnit.DAYS).toString().substring(0, 19)));
        assertThat(running.get("ada", "/api/notes/calendar-feed").text()).contains("false");
        String url =
                running.as("ada", "PUT", "/api/notes/calendar-feed", Map.of()).text("url");
        Answer calendar = running.as("", "GET", url);
        assertThat(calendar.header("Content-Type")).startsWith("text/calendar");
        assertThat(calendar.text())
                .contains(
                        "SUMMARY:Due: Mend\\, the roof",
                        "SUMMARY:Reminder: Mend\\, the roof",
                        "DTSTART:29991001T080000Z")
                .doesNotContain("Elsewhere", "Hidden");
        assertThat(running.as("", "GET", url, "", "If-None-Match", calendar.header("ETag"))
                        .status())
                .isEqualTo(304);
        for (String wrong : List.of(
                "x",
                ".ics",
                "ada.ics",
                "ada..ics",
                url.substring(url.lastIndexOf('/') + 1).replace("ada.", "bob."))) {
            assertThat(running.as("", "GET", CalendarFeeds.PATH + wrong).status())
                    .as(wrong)
                    .isEqualTo(404);
        }
        String other =
                running.as("ada", "PUT", "/api/notes/calendar-feed", Map.of()).text("url");
        assertThat(running.as("", "GET", url).status()).isEqualTo(404);
        assertThat(running.as("", "GET", other).status()).isEqualTo(200);
        running.as("ada", "DELETE", "/api/notes/calendar-feed");
        assertThat(running.as("", "GET", other).status()).isEqualTo(404);
    }
}
