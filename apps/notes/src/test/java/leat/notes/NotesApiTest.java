package leat.notes;

import static leat.notes.Running.NOTES;
import static leat.notes.Running.closed;
import static leat.notes.Running.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import leat.apps.test.RunningApp.Answer;
import leat.apps.test.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every route of notes by HTTP, each with its success and each of its errors. */
final class NotesApiTest {
    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Running running;

    @BeforeAll
    static void start() {
        running = Running.inMemory();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static int titles;

    /** A title that no other test has. */
    private static String title() {
        return "Note " + ++titles;
    }

    private static String path(String id) {
        return NOTES + "/" + id;
    }

    private static Answer put(String user, String id, Object body, String... headers) {
        return running.as(user, "PUT", path(id), body, headers);
    }

    @Nested
    final class Creating {
        @Test
        void answers_201_with_the_address_by_slug_and_the_note_as_it_stands() {
            Answer made = running.as(
                    "ada",
                    "POST",
                    NOTES,
                    Map.of(
                            "title", "Mend the roof",
                            "body", "Before *winter*.",
                            "due", "2999-10-01T08:00:00Z",
                            "status", "ToDo",
                            "access", "Public",
                            "tags", List.of("#House / Roof")));

            assertThat(made.outcome()).isEqualTo("201");
            assertThat(made.text("slug")).matches("20..-..-..-Mend_the_roof");
            assertThat(made.header("Location"))
                    .isEqualTo(NOTES + "/" + made.text("slug") + "?organization=" + Town.ACME.id());
            assertThat(made.header("ETag")).isEqualTo("\"2\"");
            assertThat(running.get("bob", made.header("Location")).json()).isEqualTo(made.json());
            assertThat(made.text("author")).isEqualTo("ada");
            assertThat(made.text("kind")).isEqualTo("Task");
            assertThat(made.text("status")).isEqualTo("ToDo");
            assertThat(made.text("access")).isEqualTo("Public");
            assertThat(made.json().path("tags").toString()).isEqualTo("[\"house/roof\"]");
            assertThat(made.json().path("number").asInt()).isEqualTo(1);
        }

        @Test
        void needs_only_a_title() {
            Answer made = running.as("ada", "POST", NOTES, Map.of("title", title()));
            assertThat(made.text("status") + made.text("access") + made.text("kind"))
                    .isEqualTo("BlankPrivateNote");
        }

        @Test
        void answers_400_with_all_that_is_wrong_in_declared_order() {
            Answer refused = running.as(
                    "ada",
                    "POST",
                    NOTES,
                    Map.of(
                            "tags", List.of("a!b"),
                            "color", "red",
                            "access", "Secret",
                            "status", "Never",
                            "url", "javascript:1",
                            "end", "2026-01-01T00:00:00Z",
                            "start", "soon",
                            "due", "2020-01-01T00:00:00Z",
                            "body", "\0",
                            "title", ""));
            assertThat(refused.outcome()).isEqualTo("400 note.invalid");
            assertThat(refused.violations())
                    .containsExactly(
                            "title title.blank",
                            "body body.shape",
                            "due due.past",
                            "start start.shape",
                            "url url.shape",
                            "status status.unknown",
                            "access access.unknown",
                            "color color.shape",
                            "tags.0 tag.shape");
        }

        @Test
        void answers_400_to_what_the_decider_refuses_and_to_what_is_no_draft() {
            assertThat(running.as("ada", "POST", NOTES, Map.of("title", "x".repeat(256)))
                            .violations())
                    .containsExactly("title title.long");
            assertThat(running.as("ada", "POST", NOTES, Map.of("title", "x", "other", 1))
                            .outcome())
                    .isEqualTo("400 request.malformed");
            assertThat(running.as("ada", "POST", NOTES).outcome()).isEqualTo("400 request.malformed");
        }

        @Test
        void answers_401_to_nobody_403_to_a_viewer_and_404_for_an_organization_of_others() {
            assertThat(running.as("", "POST", NOTES, closed(title())).outcome()).isEqualTo("401 sign-in.required");
            assertThat(running.as("eve", "POST", NOTES, closed(title())).outcome())
                    .isEqualTo("403 forbidden");
            assertThat(running.as("ada", "POST", NOTES + "?organization=bolt", closed(title()))
                            .outcome())
                    .isEqualTo("404 organization.absent");
            assertThat(running.as("nia", "POST", NOTES, closed(title())).outcome())
                    .isEqualTo("404 organization.absent");
        }

        @Test
        void asks_those_who_are_in_several_organizations_which_one() {
            assertThat(running.as("dan", "POST", NOTES, closed(title())).outcome())
                    .isEqualTo("400 organization.needed");
            Answer made = running.as("dan", "POST", NOTES + "?organization=bolt", closed(title()));
            assertThat(made.text("organization")).isEqualTo(Town.BOLT.id());
        }

        @Test
        void answers_409_when_the_slug_exists_already() {
            String taken = title();
            running.create("ada", closed(taken));
            Answer refused = running.as("bob", "POST", NOTES, closed(taken));
            assertThat(refused.outcome()).isEqualTo("409 note.slug-taken");
            assertThat(refused.text("slug")).endsWith(taken.replace(' ', '_'));
        }

        @Test
        void makes_one_note_of_a_request_that_is_sent_twice() {
            String key = UUID.randomUUID().toString();
            Map<String, Object> draft = closed(title());
            Answer first = running.as("ada", "POST", NOTES, draft, "Idempotency-Key", key);
            Answer second = running.as("ada", "POST", NOTES, draft, "Idempotency-Key", key);
            assertThat(second.outcome()).isEqualTo("201");
            assertThat(second.json()).isEqualTo(first.json());
        }
    }

    @Nested
    final class Reading {
        @Test
        void finds_a_note_by_its_id_and_by_its_slug() {
            String id = running.create("ada", open("Ärger/ ☂ " + title()));
            Answer byId = running.get("eve", path(id));
            assertThat(byId.outcome()).isEqualTo("200");
            assertThat(byId.header("ETag")).isEqualTo("\"2\"");
            String slug = byId.text("slug");
            assertThat(running.get("eve", path(NoteQuery.encoded(slug))).json()).isEqualTo(byId.json());
        }

        @Test
        void asks_which_of_two_organizations_when_both_have_the_slug() {
            String title = title();
            String ours = running.create("bob", open(title));
            running.as("zoe", "POST", NOTES, open(title));
            String slug = running.get("bob", path(ours)).text("slug");
            assertThat(running.get("bob", path(slug)).text("id")).isEqualTo(ours);
            assertThat(running.get("dan", path(slug)).outcome()).isEqualTo("400 organization.needed");
            assertThat(running.get("dan", path(slug) + "?organization=acme").text("id"))
                    .isEqualTo(ours);
            assertThat(running.get("zoe", path(slug)).text("organization")).isEqualTo(Town.BOLT.id());
        }

        @Test
        void answers_401_and_404() {
            String id = running.create("ada", open(title()));
            assertThat(running.get("", path(id)).outcome()).isEqualTo("401 sign-in.required");
            assertThat(running.get("zoe", path(id)).outcome()).isEqualTo("404 note.absent");
            assertThat(running.get("ada", path("0000000000000")).outcome()).isEqualTo("404 note.absent");
            assertThat(running.get("ada", path("2026-01-01-None")).outcome()).isEqualTo("404 note.absent");
        }

        @Test
        void shows_a_note_as_it_was_at_a_moment() {
            String id = running.create("ada", open(title()));
            Instant between = Instant.now().plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
            Running.await(() -> Instant.now().isAfter(between.plusMillis(1)));
            put("bob", id, Map.of("title", "Later", "body", "Changed."));
            assertThat(running.get("eve", path(id) + "?at=" + between).text("body"))
                    .isEqualTo("Some *text*.");
            assertThat(running.get("eve", path(id) + "?at=" + between).header("ETag"))
                    .isEmpty();
            assertThat(running.get("eve", path(id) + "?at=2001-01-01T00:00:00Z").outcome())
                    .isEqualTo("404 version.absent");
            assertThat(running.get("eve", path(id) + "?at=yesterday").outcome()).isEqualTo("400 filter.invalid");
        }
    }

    @Nested
    final class Revising {
        @Test
        void writes_the_next_version_and_keeps_status_and_access_that_are_not_given() {
            String id = running.create("ada", Map.of("title", title(), "access", "Public", "status", "Doing"));
            Answer revised = put("bob", id, Map.of("title", "New title", "body", "New"));
            assertThat(revised.outcome()).isEqualTo("200");
            assertThat(revised.header("ETag")).isEqualTo("\"3\"");
            assertThat(revised.text("status") + " " + revised.text("access")).isEqualTo("Doing Public");
            assertThat(revised.json().path("number").asInt()).isEqualTo(2);
        }

        @Test
        void keeps_the_slug_when_the_title_changes() {
            String id = running.create("ada", closed(title()));
            String slug = running.get("ada", path(id)).text("slug");
            assertThat(put("ada", id, Map.of("title", "Other")).text("slug")).isEqualTo(slug);
        }

        @Test
        void answers_412_with_every_text_when_somebody_was_faster() {
            String id = running.create("ada", open(title()));
            put("bob", id, Map.of("title", "Bob's", "body", "Bob's text"), "If-Match", "\"2\"");
            Answer late = put("ada", id, Map.of("title", "Ada's", "body", "Ada's text"), "If-Match", "\"2\"");
            assertThat(late.outcome()).isEqualTo("412 version.stale");
            assertThat(late.json().path("current").path("body").asString()).isEqualTo("Bob's text");
            assertThat(late.json().path("current").path("version").asInt()).isEqualTo(3);
            assertThat(late.json().path("yours").path("body").asString()).isEqualTo("Ada's text");
            assertThat(late.json().path("base").path("body").asString()).isEqualTo("Some *text*.");
            assertThat(put("ada", id, Map.of("title", "Ada's"), "If-Match", "\"3\"")
                            .outcome())
                    .isEqualTo("200");
        }

        @Test
        void answers_400_to_bad_input_and_bad_conditions() {
            String id = running.create("ada", closed(title()));
            assertThat(put("ada", id, Map.of("body", "no title")).violations()).containsExactly("title title.blank");
            assertThat(put("ada", id, closed("x"), "If-Match", "2").outcome()).isEqualTo("400 request.malformed");
        }

        @Test
        void answers_401_403_and_404() {
            String id = running.create("ada", open(title()));
            assertThat(put("", id, closed("x")).outcome()).isEqualTo("401 sign-in.required");
            assertThat(put("eve", id, closed("x")).outcome()).isEqualTo("403 forbidden");
            assertThat(put("zoe", id, closed("x")).outcome()).isEqualTo("404 note.absent");
            assertThat(put("bob", id, Map.of("title", "x", "access", "Private")).outcome())
                    .isEqualTo("403 access.not-yours");
        }

        @Test
        void happens_once_when_it_is_sent_twice() {
            String id = running.create("ada", closed(title()));
            String key = UUID.randomUUID().toString();
            Answer first = put("ada", id, closed("x"), "Idempotency-Key", key, "If-Match", "\"2\"");
            put("ada", id, closed("y"));
            Answer again = put("ada", id, closed("x"), "Idempotency-Key", key, "If-Match", "\"2\"");
            assertThat(again.json()).isEqualTo(first.json());
            assertThat(running.get("ada", path(id)).text("title")).isEqualTo("y");
        }
    }

    @Nested
    final class Linking {
        @Test
        void lists_the_notes_that_link_here() {
            String title = title();
            String id = running.create("ada", open(title));
            String source = running.create(
                    "bob", Map.of("title", title(), "access", "Public", "body", "See [[" + title + "]]."));
            running.create("bob", Map.of("title", title(), "body", "See [[" + title + "]]."));
            assertThat(running.get("eve", path(id) + "/backlinks").all("id")).containsExactly(source);
            assertThat(running.get("zoe", path(id) + "/backlinks").outcome()).isEqualTo("404 note.absent");
            assertThat(running.get("", path(id) + "/backlinks").outcome()).isEqualTo("401 sign-in.required");
        }
    }

    @Nested
    final class Discarding {
        @Test
        void puts_a_note_into_the_trash_from_which_it_comes_back() {
            String title = title();
            String id = running.create("ada", open(title));
            Answer gone = running.as("bob", "DELETE", path(id));
            assertThat(gone.outcome()).isEqualTo("200");
            assertThat(gone.text("trashUntil")).isNotEmpty();
            assertThat(running.as("bob", "DELETE", path(id)).outcome()).isEqualTo("200");
            assertThat(running.get("ada", path(id)).outcome()).isEqualTo("404 note.absent");
            assertThat(running.get("ada", path(id)).text("trashUntil")).isEqualTo(gone.text("trashUntil"));
            assertThat(put("ada", id, closed("x")).outcome()).isEqualTo("404 note.absent");
            assertThat(running.get("eve", "/api/notes/trash?q=" + title.replace(" ", "%20"))
                            .all("id"))
                    .containsExactly(id);
            assertThat(running.as("ada", "DELETE", path(id) + "/trash").outcome())
                    .isEqualTo("200");
            assertThat(running.get("ada", path(id)).text("title")).isEqualTo(title);
        }

        @Test
        void answers_401_403_and_404() {
            String id = running.create("ada", open(title()));
            for (String path : List.of(path(id), path(id) + "/trash")) {
                assertThat(running.as("", "DELETE", path).outcome()).isEqualTo("401 sign-in.required");
                assertThat(running.as("eve", "DELETE", path).outcome()).isEqualTo("403 forbidden");
                assertThat(running.as("zoe", "DELETE", path).outcome()).isEqualTo("404 note.absent");
            }
        }
    }

    @Nested
    final class Moving {
        @Test
        void changes_the_status_alone() {
            String id = running.create("ada", open(title()));
            Answer moved = running.as("bob", "PUT", path(id) + "/status", Map.of("status", "Review"));
            assertThat(moved.text("status") + " " + moved.text("body")).isEqualTo("Review Some *text*.");
            assertThat(running.as("bob", "PUT", path(id) + "/status", Map.of("status", "Lost"))
                            .violations())
                    .containsExactly("status status.unknown");
        }

        @Test
        void shows_on_the_board() {
            String id = running.create("ada", Map.of("title", title(), "access", "Public", "status", "Doing"));
            Answer board = running.get("eve", "/api/notes/board");
            assertThat(board.json()
                            .path("columns")
                            .valueStream()
                            .map(it -> it.path("status").asString()))
                    .containsExactly("New", "Ready", "ToDo", "Doing", "Review", "Completed");
            assertThat(board.json()
                            .path("columns")
                            .get(3)
                            .path("items")
                            .valueStream()
                            .map(it -> it.path("id").asString()))
                    .contains(id);
        }
    }

    @Nested
    final class Flagging {
        @Test
        void pins_and_archives_and_takes_back() {
            String id = running.create("ada", open(title()));
            for (String flag : List.of("pin", "archive")) {
                String member = flag.equals("pin") ? "pinned" : "archived";
                for (String method : List.of("PUT", "PUT", "DELETE", "DELETE")) {
                    Answer answer = running.as("bob", method, path(id) + "/" + flag);
                    assertThat(answer.json().path(member).asBoolean()).isEqualTo(method.equals("PUT"));
                }
                assertThat(running.as("eve", "PUT", path(id) + "/" + flag).outcome())
                        .isEqualTo("403 forbidden");
            }
        }
    }

    @Nested
    final class Versions {
        @Test
        void are_listed_read_and_restored() {
            String id = running.create("ada", open(title()));
            put("bob", id, Map.of("title", "Second", "body", "2"));
            Answer list = running.get("eve", path(id) + "/versions");
            assertThat(list.all("number")).containsExactly("2", "1");
            assertThat(list.all("by")).containsExactly("bob", "ada");
            assertThat(running.get("eve", path(id) + "/versions/1").text("body"))
                    .isEqualTo("Some *text*.");
            Answer restored = running.as("bob", "POST", path(id) + "/versions", Map.of("restores", 1));
            assertThat(restored.outcome()).isEqualTo("201");
            assertThat(restored.header("Location")).isEqualTo(path(id) + "/versions/3");
            assertThat(restored.text("body")).isEqualTo("Some *text*.");
            assertThat(running.get("eve", path(id) + "/versions").all("restores"))
                    .containsExactly("1", "", "");
        }

        @Test
        void come_in_pages() {
            String id = running.create("ada", open(title()));
            for (int i = 2; i <= 5; i++) {
                put("ada", id, Map.of("title", "v" + i));
            }
            var seen = new ArrayList<String>();
            String path = path(id) + "/versions?limit=2";
            while (!path.isEmpty()) {
                Answer page = running.get("ada", path);
                seen.addAll(page.all("number"));
                String next = page.text("next");
                path = next.isEmpty() ? "" : path(id) + "/versions?limit=2&after=" + next;
            }
            assertThat(seen).containsExactly("5", "4", "3", "2", "1");
        }

        @Test
        void that_are_not_there_answer_404_and_a_stale_wish_412() {
            String id = running.create("ada", open(title()));
            for (String number : List.of("0", "2", "x", "99999999999")) {
                assertThat(running.get("ada", path(id) + "/versions/" + number).outcome())
                        .isEqualTo("404 version.absent");
            }
            assertThat(running.as("ada", "POST", path(id) + "/versions", Map.of("restores", 2))
                            .outcome())
                    .isEqualTo("404 version.absent");
            assertThat(running.as("ada", "POST", path(id) + "/versions", Map.of("restores", 1), "If-Match", "\"1\"")
                            .outcome())
                    .isEqualTo("412 version.stale");
            assertThat(running.as("eve", "POST", path(id) + "/versions", Map.of("restores", 1))
                            .outcome())
                    .isEqualTo("403 forbidden");
        }

        @Test
        void that_were_private_stay_their_authors() {
            String id = running.create("ada", closed(title()));
            put("ada", id, open("Open now"));
            assertThat(running.get("bob", path(id) + "/versions").all("number")).containsExactly("2");
            assertThat(running.get("bob", path(id) + "/versions/1").outcome()).isEqualTo("404 version.absent");
            assertThat(running.as("bob", "POST", path(id) + "/versions", Map.of("restores", 1))
                            .outcome())
                    .isEqualTo("404 version.absent");
            Answer late = put("bob", id, closed("x"), "If-Match", "\"2\"");
            assertThat(late.outcome()).isEqualTo("412 version.stale");
            assertThat(late.json().has("base")).isFalse();
            assertThat(running.get("ada", path(id) + "/versions/1").outcome()).isEqualTo("200");
        }
    }

    @Nested
    final class Listing {
        @Test
        void is_narrowed_ordered_and_paged() {
            String tag = "list" + ++titles;
            for (int i = 0; i < 3; i++) {
                running.create(
                        "ada",
                        Map.of(
                                "title",
                                title(),
                                "access",
                                "Public",
                                "due",
                                "2999-01-0" + (3 - i) + "T00:00:00Z",
                                "tags",
                                List.of(tag + "/x")));
            }
            List<String> newest = running.get("eve", NOTES + "?tag=" + tag).all("title");
            assertThat(newest).hasSize(3);
            assertThat(running.get("eve", NOTES + "?order=due&tag=" + tag).all("title"))
                    .isEqualTo(newest);
            Answer first = running.get("eve", NOTES + "?limit=2&tag=" + tag);
            assertThat(first.all("title")).isEqualTo(newest.subList(0, 2));
            String rest = first.header("Link").replaceAll("^<|>.*$", "");
            assertThat(running.get("eve", rest).all("title")).isEqualTo(newest.subList(2, 3));
            assertThat(running.get("eve", NOTES + "?tag=" + tag + "&dueBefore=2999-01-02T00:00:00Z")
                            .all("title"))
                    .containsExactly(newest.getFirst());
            for (String none : List.of(
                    "&kind=Bookmark",
                    "&status=Doing",
                    "&author=bob",
                    "&archived=true",
                    "&dueFrom=2999-02-01T00:00:00Z")) {
                assertThat(running.get("eve", NOTES + "?tag=" + tag + none).all("title"))
                        .as(none)
                        .isEmpty();
            }
        }

        @Test
        void of_ones_own_has_nobody_elses() {
            String mine = running.create("bob", open(title()));
            running.create("ada", open(title()));
            assertThat(running.get("bob", NOTES + "/mine").all("author")).containsOnly("bob");
            assertThat(running.get("bob", NOTES + "/mine").all("id")).contains(mine);
            assertThat(running.get("", NOTES + "/mine").outcome()).isEqualTo("401 sign-in.required");
        }

        @Test
        void answers_400_401_and_404() {
            assertThat(running.get("ada", NOTES + "?kind=X&status=X&dueFrom=X&archived=X")
                            .violations())
                    .containsExactly(
                            "kind kind.shape",
                            "status status.shape",
                            "dueFrom dueFrom.shape",
                            "archived archived.shape");
            assertThat(running.get("ada", NOTES + "?order=size").outcome()).isEqualTo("400 filter.invalid");
            assertThat(running.get("ada", NOTES + "?limit=0").outcome()).isEqualTo("400 paging.limit");
            assertThat(running.get("ada", NOTES + "?after=MQ").outcome()).isEqualTo("400 paging.cursor");
            assertThat(running.get("dan", NOTES).outcome()).isEqualTo("400 organization.needed");
            assertThat(running.get("", NOTES).outcome()).isEqualTo("401 sign-in.required");
            assertThat(running.get("ada", NOTES + "?organization=bolt").outcome())
                    .isEqualTo("404 organization.absent");
        }
    }

    @Nested
    final class Searching {
        @Test
        void finds_what_is_typed_ranked_and_marked() {
            String word = "search" + ++titles;
            String inText =
                    running.create("ada", Map.of("title", title(), "access", "Public", "body", "See <" + word + ">."));
            String inTitle = running.create("ada", open("The " + word));
            running.create("ada", closed("Hidden " + word));
            Answer found = running.get("eve", "/api/notes/search?q=" + word);
            assertThat(found.json()
                            .path("items")
                            .valueStream()
                            .map(it -> it.path("note").path("id").asString()))
                    .containsExactly(inTitle, inText);
            assertThat(found.json().path("items").get(0).path("title").toString())
                    .isEqualTo("[{\"text\":\"The \",\"marked\":false},{\"text\":\"" + word + "\",\"marked\":true}]");
            assertThat(found.json()
                            .path("items")
                            .get(1)
                            .path("snippet")
                            .get(1)
                            .path("text")
                            .asString())
                    .isEqualTo(word);
            Answer first = running.get("eve", "/api/notes/search?limit=1&q=" + word);
            String rest = first.header("Link").replaceAll("^<|>.*$", "");
            assertThat(running.get("eve", rest)
                            .json()
                            .path("items")
                            .get(0)
                            .path("note")
                            .path("id")
                            .asString())
                    .isEqualTo(inText);
        }

        @Test
        void shows_what_it_found_in_an_address_as_it_was_typed_and_else_the_text_as_it_reads() {
            String word = "address" + ++titles;
            String id = running.create(
                    "ada",
                    Map.of(
                            "title",
                            "About " + word,
                            "access",
                            "Public",
                            "body",
                            "Read [the **plan**](https://example.org/" + word + "x)."));
            assertThat(snippet("q=" + word + "x"))
                    .isEqualTo("Read [the **plan**](https://example.org/<" + word + "x>).");
            assertThat(snippet("q=about+" + word + "x"))
                    .isEqualTo("Read [the **plan**](https://example.org/<" + word + "x>).");
            assertThat(snippet("q=about+%22" + word + "%22")).isEqualTo("Read the plan.");
            put("ada", id, Map.of("title", "About " + word, "access", "Public", "body", "An *older* plan."));
            assertThat(snippet("q=about+%22" + word + "%22")).isEqualTo("An older plan.");
        }

        /** Of the only note that is found, what is marked between angles. */
        private String snippet(String query) {
            var items = running.get("eve", "/api/notes/search?" + query).json().path("items");
            assertThat(items.size()).as(query).isEqualTo(1);
            return items.get(0)
                    .path("snippet")
                    .valueStream()
                    .map(it -> it.path("marked").asBoolean()
                            ? "<" + it.path("text").asString() + ">"
                            : it.path("text").asString())
                    .collect(Collectors.joining());
        }

        @Test
        void answers_400_401_and_404() {
            assertThat(running.get("ada", "/api/notes/search").outcome()).isEqualTo("400 search.empty");
            assertThat(running.get("ada", "/api/notes/search?q=-x").outcome()).isEqualTo("400 search.empty");
            assertThat(running.get("ada", "/api/notes/search?q=x&kind=y").outcome())
                    .isEqualTo("400 filter.invalid");
            assertThat(running.get("ada", "/api/notes/search?q=x&after=eA").outcome())
                    .isEqualTo("400 paging.cursor");
            assertThat(running.get("", "/api/notes/search?q=x").outcome()).isEqualTo("401 sign-in.required");
            assertThat(running.get("ada", "/api/notes/search?q=x&organization=bolt")
                            .outcome())
                    .isEqualTo("404 organization.absent");
        }
    }

    @Test
    void the_words_for_statuses_are_listed_in_the_order_of_the_board() {
        assertThat(running.get("ada", "/api/notes/stati")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.asString()))
                .containsExactly("Blank", "New", "Ready", "ToDo", "Doing", "Review", "Completed");
        assertThat(running.get("", "/api/notes/stati").outcome()).isEqualTo("401 sign-in.required");
    }
}
