package leat.journeys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import leat.kernel.Json;
import tools.jackson.databind.JsonNode;

/**
 * A person in front of a browser: finds buttons and fields by the words on them, clicks and types as hands do, and waits for
 * what should appear, 15 seconds at most.
 *
 * <p>Closing it fails when the page complained meanwhile: an error on the console, an uncaught exception, something that the
 * security policy forbade, or an answer of 400 and above that the journey did not {@linkplain #expect expect}.
 */
final class Tab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String SCRIPT = script();
    private static final Map<String, Integer> KEYS = Map.of(
            "Enter", 13, "Tab", 9, "Escape", 27, " ", 32, "Backspace", 8, "ArrowDown", 40, "ArrowUp", 38, "Delete", 46);

    private static final int LEAST_HEIGHT = 800;
    private static final int MOST_HEIGHT = 4_000;

    private final DevTools devTools;
    private final String session;
    private final String context;
    private final String url;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private int width;
    private boolean phone;

    Tab(DevTools devTools, String session, String context, String url) {
        this.devTools = devTools;
        this.session = session;
        this.context = context;
        this.url = url;
        devTools.listen(session, this::heard);
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable").forEach(it -> call(it, Map.of()));
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", SCRIPT));
        size(1280, false);
    }

    private static String script() {
        try (InputStream in = Tab.class.getResourceAsStream("hands.js")) {
            if (in == null) {
                throw new IllegalStateException("hands.js is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }

    // --- complaints ----------------------------------------------------------------------------------------------

    private void heard(String method, JsonNode event) {
        String complaint = switch (method) {
            case "Runtime.exceptionThrown" ->
                "uncaught: "
                        + event.path("exceptionDetails")
                                .path("exception")
                                .path("description")
                                .asString("?");
            case "Runtime.consoleAPICalled" ->
                event.path("type").asString("").equals("error") ? "console: " + event.path("args") : "";
            case "Log.entryAdded" -> logged(event.path("entry"));
            default -> "";
        };
        if (!complaint.isEmpty()) {
            synchronized (complaints) {
                complaints.add(complaint);
            }
        }
    }

    private static String logged(JsonNode entry) {
        return entry.path("level").asString("").equals("error")
                ? entry.path("source").asString("") + ": " + entry.path("text").asString("") + " "
                        + entry.path("url").asString("")
                : "";
    }

    /** Says that answers with this status belong to the journey. */
    Tab expect(int status) {
        return forgive("status of " + status);
    }

    /** Says that complaints with these words belong to the journey. */
    Tab forgive(String words) {
        expected.add(words);
        return this;
    }

    /** What the page complained of so far, without what was expected. */
    List<String> complaints() {
        synchronized (complaints) {
            return complaints.stream()
                    .filter(it -> expected.stream().noneMatch(it::contains))
                    .toList();
        }
    }

    // --- going ---------------------------------------------------------------------------------------------------

    /** Goes to a path of the product, or to a whole address, and waits until it is loaded. */
    Tab open(String where) {
        String address = where.startsWith("/") ? url + where : where;
        JsonNode navigated = call("Page.navigate", Map.of("url", address));
        String error = navigated.path("errorText").asString("");
        if (!error.isEmpty()) {
            throw new AssertionError(address + ": " + error);
        }
        loaded();
        return this;
    }

    private void loaded() {
        await("document.readyState === 'complete' && !!window.hands");
    }

    /** Where it is: path and query. */
    String where() {
        return text("location.pathname + location.search");
    }

    /** Waits until it is at a path, fully loaded. */
    Tab at(String path) {
        await("location.pathname === " + Json.text(path));
        loaded();
        return this;
    }

    /** Puts a mark into the page that only a reload wipes away. */
    Tab mark() {
        evaluate("window.leatMarked = true");
        return this;
    }

    /** Whether the page is still the one that was marked. */
    boolean isMarked() {
        return truth("window.leatMarked === true");
    }

    // --- seeing --------------------------------------------------------------------------------------------------

    /** Waits until the page shows a text to its reader. */
    Tab sees(String text) {
        await("hands.shows(" + Json.text(text) + ")");
        return this;
    }

    /** Waits until nothing on the page shows a text any more. */
    Tab losesSight(String text) {
        await("!hands.shows(" + Json.text(text) + ")");
        return this;
    }

    boolean isShowing(String text) {
        return truth("hands.shows(" + Json.text(text) + ")");
    }

    /** Waits until an element is there and shows a text. */
    Tab sees(String selector, String text) {
        await("hands.shows(" + Json.text(text) + ", " + Json.text(selector) + ")");
        return this;
    }

    /** The text of the first element for a selector. */
    String textOf(String selector) {
        await("document.querySelector(" + Json.text(selector) + ")");
        return text("document.querySelector(" + Json.text(selector) + ").textContent.trim()");
    }

    /** Waits until a condition in JavaScript holds. */
    void await(String condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!truth(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + condition + " at " + where() + ", complaints "
                        + complaints() + ", which shows:\n" + text("document.body.innerText"));
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private boolean truth(String expression) {
        try {
            return evaluate("!!(" + expression + ")").asBoolean(false);
        } catch (DevTools.Refused | ScriptFault e) {
            // between two pages
            return false;
        }
    }

    String text(String expression) {
        return evaluate(expression).asString("");
    }

    /** A script of a journey threw. */
    private static final class ScriptFault extends RuntimeException {
        private static final long serialVersionUID = 1;

        ScriptFault(String message) {
            super(message);
        }
    }

    /** Runs JavaScript in the page, waits for its promise, and gives its value. */
    JsonNode evaluate(String expression) {
        JsonNode reply = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (reply.has("exceptionDetails")) {
            throw new ScriptFault(expression + ": "
                    + reply.path("exceptionDetails")
                            .path("exception")
                            .path("description")
                            .asString("?"));
        }
        return reply.path("result").path("value");
    }

    // --- doing ---------------------------------------------------------------------------------------------------

    /** Clicks the visible button, link or menu with these words on it, in the dialog when one is open. */
    Tab click(String words) {
        return clickFound("hands.button(" + Json.text(words) + ")");
    }

    /** Clicks the first visible element for a selector. */
    Tab clickOn(String selector) {
        return clickFound("hands.visible(" + Json.text(selector) + ")");
    }

    private Tab clickFound(String element) {
        await("hands.reach(" + element + ")");
        JsonNode point = evaluate("hands.reach(" + element + ")");
        double x = point.path("x").asDouble();
        double y = point.path("y").asDouble();
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
        return this;
    }

    /** Replaces what stands in the field with this label. */
    Tab fill(String label, String text) {
        clickFound("hands.field(" + Json.text(label) + ")");
        evaluate("document.activeElement.select()");
        return type(text);
    }

    /** Chooses an option, by its words, of the list with this label. */
    Tab choose(String label, String option) {
        await("hands.field(" + Json.text(label) + ")");
        evaluate("hands.choose(hands.field(" + Json.text(label) + "), " + Json.text(option) + ")");
        return this;
    }

    /** Puts a whole text into the page's editor, as dropping a file there does. */
    Tab write(String text) {
        await("document.querySelector('leat-editor[data-ready]')");
        evaluate("document.querySelector('leat-editor').value = " + Json.text(text));
        return this;
    }

    /** Types where the focus is. */
    Tab type(String text) {
        call("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Presses a key, such as {@code Enter}, {@code Tab}, {@code Control+s} or {@code a}. */
    Tab press(String keys) {
        int plus = keys.lastIndexOf('+');
        String key = keys.substring(plus + 1);
        String held = keys.substring(0, Math.max(plus, 0));
        int modifiers = (held.contains("Control") ? 2 : 0) + (held.contains("Shift") ? 8 : 0);
        var event = new HashMap<String, Object>();
        event.put("key", key);
        event.put(
                "code",
                KEYS.containsKey(key)
                        ? (key.equals(" ") ? "Space" : key)
                        : "Key" + key.toUpperCase(java.util.Locale.ROOT));
        event.put("modifiers", modifiers);
        event.put("windowsVirtualKeyCode", KEYS.getOrDefault(key, (int) Character.toUpperCase(key.charAt(0))));
        String typed = key.equals("Enter") ? "\r" : key.length() == 1 && modifiers == 0 ? key : "";
        if (!typed.isEmpty()) {
            event.put("text", typed);
        }
        event.put("type", typed.isEmpty() ? "rawKeyDown" : "keyDown");
        call("Input.dispatchKeyEvent", event);
        event.remove("text");
        event.put("type", "keyUp");
        call("Input.dispatchKeyEvent", event);
        return this;
    }

    /** What the focus is on, by its label or its words. */
    String focus() {
        return text("hands.name(document.activeElement)");
    }

    // --- looking -------------------------------------------------------------------------------------------------

    /** Makes the window this wide, in CSS pixels; a phone has touch and a density of two. */
    Tab size(int width, boolean phone) {
        this.width = width;
        this.phone = phone;
        return height(LEAST_HEIGHT);
    }

    private Tab height(int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        return this;
    }

    /** Pulls the plug of the network, or puts it in again. */
    Tab connected(boolean so) {
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", !so, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** Where the person is, as {@code Asia/Tokyo}. */
    Tab zone(String name) {
        call("Emulation.setTimezoneOverride", Map.of("timezoneId", name));
        return this;
    }

    /** What the person's system prefers: {@code light} or {@code dark}. */
    Tab prefers(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Writes a picture of the whole page, in a window as high as the page, once nothing moves in it. */
    Tab picture(Path file) throws IOException {
        height(LEAST_HEIGHT);
        int height = evaluate("document.documentElement.scrollHeight").asInt();
        height(Math.min(Math.max(height, LEAST_HEIGHT), MOST_HEIGHT));
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
        await("document.getAnimations().every(it => it.playState !== 'running'"
                + " || it.effect.getComputedTiming().iterations === Infinity)");
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString("");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
        return this;
    }

    @Override
    public void close() {
        devTools.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
        devTools.forget(session);
        if (!complaints().isEmpty()) {
            throw new AssertionError("the browser complained:\n" + String.join("\n", complaints()));
        }
    }
}
