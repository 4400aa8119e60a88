package leat.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a screen, started once for all journeys of this JVM; each {@link Tab} is a person of its own. */
final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final DevTools devTools;

    private Browser(DevTools devTools) {
        this.devTools = devTools;
    }

    private static final class Shared {
        static final Browser BROWSER = launch();
    }

    static Browser shared() {
        return Shared.BROWSER;
    }

    private static Browser launch() {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new AssertionError(
                    "The journeys need Chromium at " + CHROMIUM + "; \"./leat test\" installs it on Debian.");
        }
        try {
            Path profile = Files.createTempDirectory("leat-browser");
            Process process = new ProcessBuilder(
                            CHROMIUM.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, profile)));
            return new Browser(new DevTools(address(process)));
        } catch (IOException e) {
            throw new AssertionError("Chromium does not start", e);
        }
    }

    /** What it says on standard error once it listens; the rest is read and dropped, so that it never waits for us. */
    private static URI address(Process process) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String announced = "DevTools listening on ";
        var said = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(announced)) {
                Thread.startVirtualThread(() -> {
                    try {
                        reader.transferTo(java.io.Writer.nullWriter());
                    } catch (IOException e) {
                        // it ended
                    }
                });
                return URI.create(line.substring(announced.length()));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("Chromium ended before it listened:\n" + said);
    }

    private static void end(Process process, Path profile) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // a temporary folder stays behind
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A tab with cookies and storage of its own, on a product. */
    Tab person(Product product) {
        return person(product.url());
    }

    /** @param url as people reach it, without a slash at its end */
    Tab person(String url) {
        String context = devTools.call("", "Target.createBrowserContext", Map.of("disposeOnDetach", true))
                .path("browserContextId")
                .asString("");
        return tab(url, context);
    }

    private Tab tab(String url, String context) {
        String target = devTools.call(
                        "", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asString("");
        String session = devTools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString("");
        devTools.call(
                "",
                "Browser.grantPermissions",
                Map.of(
                        "browserContextId",
                        context,
                        "origin",
                        url,
                        "permissions",
                        List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        return new Tab(devTools, session, context, url);
    }
}
