package leat.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line in processes of its own, with settings of its own, as a person at a terminal has it. */
final class CommandLine {
    private static final int PATIENCE_SECONDS = 60;

    private final Product product;
    private final Path home;

    /** @param home where it keeps its settings, and from where files are named */
    CommandLine(Product product, Path home) {
        this.product = product;
        this.home = home;
    }

    /** What came of a command. */
    record Result(int exitCode, String out, String err) {
        /** Itself, when it ended so. */
        Result with(int expected) {
            if (exitCode != expected) {
                throw new AssertionError("ended with " + exitCode + " instead of " + expected + "\n" + out + err);
            }
            return this;
        }
    }

    /** A command that is still under way; its two streams come as one. */
    record Running(Process process, BufferedReader lines) implements AutoCloseable {
        /** Reads until a line has what is looked for, and gives the first group. */
        String find(Pattern pattern) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
            throw new AssertionError("the command ended without " + pattern);
        }

        int exitCode() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the command does not end");
            }
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        process.getOutputStream().close();
        var err = new StringBuilder();
        Thread reading = Thread.startVirtualThread(() -> err.append(text(process.getErrorStream())));
        String out = text(process.getInputStream());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command does not end: " + List.of(arguments));
        }
        reading.join();
        return new Result(process.exitValue(), out, err.toString());
    }

    Running begin(String... arguments) throws IOException {
        Process process = builder(arguments).redirectErrorStream(true).start();
        return new Running(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private static String text(java.io.InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private ProcessBuilder builder(String... arguments) {
        var command = new ArrayList<>(List.of(
                Product.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "leat.platform.Cli"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LEAT_"));
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        builder.environment().put("LEAT_URL", product.url());
        return builder;
    }
}
