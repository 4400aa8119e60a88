package leat.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import leat.mail.MailSettings;
import leat.notes.NotesSettings;

/**
 * How this process runs, checked.
 *
 * @param port 0 picks a free one
 * @param distributed where everything is that nodes share; empty when this process keeps all in its data folder
 * @param baseUrl how people reach it, without a slash at its end; empty means http://localhost and the port
 * @param modules the names of those to run; empty means all
 * @param metricsToken at least 16 characters
 * @param secretKey at least 32 characters; empty means that of the data folder, see {@link SecretKey}
 * @param webhooksAnywhere whether webhooks may lead into private networks and to this machine
 * @param mail where mail goes out; empty when none is sent
 * @param drainDelay between not being ready and not listening
 * @param drain for requests and tasks under way
 * @param notes how much may be attached to notes
 */
record Settings(
        String host,
        int port,
        Path data,
        Optional<DistributedSettings> distributed,
        Optional<URI> baseUrl,
        List<String> modules,
        List<String> trustedProxies,
        Optional<String> metricsToken,
        Optional<String> secretKey,
        boolean webhooksAnywhere,
        Optional<MailSettings> mail,
        System.Logger.Level logLevel,
        Duration drainDelay,
        Duration drain,
        NotesSettings notes) {

    /** @throws StartFailure naming the setting, where it was set, and what it may be */
    static Settings of(Configuration configuration) {
        var reader = new SettingReader(configuration);
        int port = reader.port();
        return new Settings(
                reader.host(),
                port,
                reader.folder(),
                reader.distributed(port),
                reader.baseUrl(),
                reader.list(Setting.MODULES),
                reader.list(Setting.TRUSTED_PROXIES),
                reader.metricsToken(),
                reader.secretKey(),
                reader.truth(Setting.WEBHOOKS_ANYWHERE),
                reader.mail(),
                reader.logLevel(),
                Duration.ofSeconds(reader.number(Setting.DRAIN_DELAY, 0, 300)),
                Duration.ofSeconds(reader.number(Setting.DRAIN, 1, 300)),
                new NotesSettings(
                        reader.number(Setting.NOTES_FILE_MIB, 1, 60) << 20,
                        (long) reader.number(Setting.NOTES_QUOTA_MIB, 0, 1 << 20) << 20,
                        (long) reader.number(Setting.NOTES_IMPORT_MIB, 1, 4096) << 20));
    }

    Settings withData(Path folder) {
        return new Settings(
                host,
                port,
                folder,
                distributed,
                baseUrl,
                modules,
                trustedProxies,
                metricsToken,
                secretKey,
                webhooksAnywhere,
                mail,
                logLevel,
                drainDelay,
                drain,
                notes);
    }
}
