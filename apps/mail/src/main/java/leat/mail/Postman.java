package leat.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.stream.Collectors;
import leat.kernel.HopelessException;
import leat.kernel.TaskPolicy;
import leat.kernel.TaskRun;
import leat.web.RateLimiter;
import leat.web.outgoing.Letter;

/**
 * Sends letters by SMTP, as text and as plain HTML. The id of a letter follows from its task, so that one that was sent twice
 * (a process that died after the server took it) can be told by mail programs.
 *
 * <p>What a letter holds comes from people: lines of its head are made one line, and its text is escaped.
 */
final class Postman {
    /** A server that is away is tried for about a day. */
    static final TaskPolicy POLICY = new TaskPolicy(150, Duration.ofSeconds(5), Duration.ofMinutes(10), 4);

    /** A letter that could not be sent for so long is dropped: news get old. */
    static final Duration KEPT = Duration.ofDays(1);

    static final int MAX_SUBJECT = 200;

    private final MailSettings settings;
    private final Session session;
    private final RateLimiter rate;

    Postman(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
        this.rate = new RateLimiter(settings.perHour(), Duration.ofHours(1), 10_000, System::nanoTime);
    }

    private static Properties properties(MailSettings settings) {
        var properties = new Properties();
        String millis = Long.toString(settings.timeout().toMillis());
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.tls() == MailSettings.Tls.TLS));
        String starts = Boolean.toString(settings.tls() == MailSettings.Tls.STARTTLS);
        properties.put("mail.smtp.starttls.enable", starts);
        properties.put("mail.smtp.starttls.required", starts);
        return properties;
    }

    static boolean isAddress(String from) {
        try {
            new InternetAddress(from, true).validate();
            return from.chars().noneMatch(Character::isISOControl);
        } catch (AddressException _) {
            return false;
        }
    }

    void run(TaskRun task) throws MessagingException {
        Letter letter = task.payload(Letter.class);
        Instant asked = task.envelope(0).at();
        if (asked.plus(KEPT).isBefore(Instant.now())) {
            return;
        }
        InternetAddress to = address(letter.to());
        Duration wait = rate.tryPass(letter.to());
        if (!wait.isZero()) {
            throw new MessagingException("One mailbox gets at most " + settings.perHour() + " letters an hour.");
        }
        MimeMessage message = message(letter, to, "<" + task.id() + "@" + domain() + ">", asked);
        try {
            send(message, to);
        } catch (SendFailedException e) {
            if (e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0) {
                throw new HopelessException("The mail server does not take mail for this address: " + e.getMessage());
            }
            throw e;
        }
    }

    private void send(MimeMessage message, InternetAddress to) throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            if (settings.user().isPresent()) {
                transport.connect(settings.user().get(), settings.password().orElse(""));
            } else {
                transport.connect();
            }
            transport.sendMessage(message, new Address[] {to});
        }
    }

    private static InternetAddress address(String text) {
        try {
            var address = new InternetAddress(text, true);
            address.validate();
            if (address.getPersonal() == null && !text.chars().anyMatch(Character::isISOControl)) {
                return address;
            }
        } catch (AddressException e) {
            throw new HopelessException("This is no e-mail address: " + e.getMessage());
        }
        throw new HopelessException("This is no e-mail address.");
    }

    private String domain() {
        String from = settings.from();
        return from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private MimeMessage message(Letter letter, InternetAddress to, String id, Instant at) throws MessagingException {
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(line(letter.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(at));
        // Programs that answer mail by themselves leave such letters alone (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(text(letter), StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(html(letter), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    /** One line without control characters, of at most {@link #MAX_SUBJECT} characters. */
    static String line(String text) {
        String line = text.codePoints()
                .map(it -> Character.isISOControl(it) || it == '\u2028' || it == '\u2029' ? ' ' : it)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.codePointCount(0, line.length()) <= MAX_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_SUBJECT - 1)) + "…";
    }

    static String text(Letter letter) {
        return String.join("\n\n", letter.paragraphs())
                + letter.link().map(it -> "\n\n" + it.label() + ": " + it.url()).orElse("")
                + "\n";
    }

    static String html(Letter letter) {
        return "<!doctype html>\n<html><body style=\"font-family: sans-serif\">"
                + letter.paragraphs().stream()
                        .map(it -> "<p>" + escaped(it).replace("\n", "<br>") + "</p>")
                        .collect(Collectors.joining("\n"))
                + letter.link()
                        .filter(it ->
                                it.url().startsWith("https://") || it.url().startsWith("http://"))
                        .map(it -> "\n<p><a href=\"" + escaped(it.url()) + "\">" + escaped(it.label()) + "</a></p>")
                        .orElse("")
                + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
