package leat.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: everything to standard output for people, requests to a file of their own.
 *
 * <p>Set up in code, because reading it from XML takes longer than all the rest of a start. Logback finds this class by its
 * service file.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** The access log: each file up to 10 MB, the last four kept beside the current one. */
    private static final String ACCESS_FILE_SIZE = "10MB";

    private static final int ACCESS_FILES = 4;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(started(context, console, "%d{HH:mm:ss.SSS} %-5level %logger{0} – %msg%n"));
        context.getLogger("leat").setLevel(Level.INFO);
        Logger access = context.getLogger("leat.access");
        access.setAdditive(false);
        access.setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void level(System.Logger.Level level) {
        context()
                .getLogger("leat")
                .setLevel(
                        switch (level) {
                            case ERROR -> Level.ERROR;
                            case WARNING -> Level.WARN;
                            case DEBUG, TRACE, ALL -> Level.DEBUG;
                            case INFO, OFF -> Level.INFO;
                        });
    }

    /** Begins the access log at {@code access/access.log} below the data folder. */
    static void accessLogIn(Path data) {
        LoggerContext context = context();
        String file = data.resolve("access").resolve("access.log").toString();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setName("access");
        appender.setFile(file);
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(ACCESS_FILES);
        window.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf(ACCESS_FILE_SIZE));
        size.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(size);
        Logger access = context.getLogger("leat.access");
        access.addAppender(started(context, appender, "%msg%n"));
        access.setLevel(Level.INFO);
    }

    /** Writes out what waits, and closes the files. */
    static void stop() {
        context().stop();
    }

    private static Appender<ILoggingEvent> started(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
