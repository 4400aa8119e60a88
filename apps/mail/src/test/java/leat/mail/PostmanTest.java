package leat.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import leat.kernel.Definition;
import leat.kernel.Envelope;
import leat.kernel.Module;
import leat.kernel.Tasks;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeSettings;
import leat.kernel.test.MemoryEngine;
import leat.web.outgoing.Letter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letters on their way through a real mail server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PostmanTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private GreenMail server;

    private final AtomicReference<Tasks> tasks = new AtomicReference<>();

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private MailSettings settings(int port, Optional<String> user, MailSettings.Tls tls) {
        return new MailSettings(
                "127.0.0.1",
                port,
                tls,
                user,
                user.map(it -> "secret"),
                "Leat <leat@example.org>",
                3,
                Duration.ofSeconds(5));
    }

    /** A node that sends mail, and can be asked to. */
    private Node node(MailSettings settings) {
        return Node.start(
                NodeSettings.defaults(),
                new MemoryEngine(),
                List.of(new MailModule(Optional.of(settings)), new Module() {
                    @Override
                    public String name() {
                        return "asker";
                    }

                    @Override
                    public void define(Definition m) {
                        tasks.set(m.tasks());
                    }
                }));
    }

    private void ask(Letter letter) {
        tasks.get()
                .schedule(
                        Letter.SEND,
                        letter.to(),
                        letter,
                        Instant.now(),
                        new Envelope(UUID.randomUUID(), "request-1", "system", Instant.now()));
    }

    private static Letter letter(String to, String subject) {
        return new Letter(
                to,
                subject,
                List.of("The roof & the <b>gutter</b>", "One\ntwo"),
                Optional.of(new Letter.Link("Open", "https://leat.example.org/notes/1?a=\"b")));
    }

    private MimeMessage only() {
        assertThat(server.waitForIncomingEmail(15_000, 1)).isTrue();
        return server.getReceivedMessages()[0];
    }

    @Test
    void a_letter_arrives_as_text_and_as_plain_html() throws Exception {
        Node node = node(settings(server.getSmtp().getPort(), Optional.empty(), MailSettings.Tls.OFF));
        try {
            ask(letter("ada@example.org", "Mend the roof – 屋根"));
            MimeMessage got = only();
            assertThat(got.getSubject()).isEqualTo("Mend the roof – 屋根");
            assertThat(got.getFrom()[0].toString()).isEqualTo("Leat <leat@example.org>");
            assertThat(got.getAllRecipients()).hasSize(1);
            assertThat(got.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
            assertThat(got.getMessageID()).endsWith("@example.org>");
            var parts = (MimeMultipart) got.getContent();
            assertThat(text(parts.getBodyPart(0))).contains("The roof & the <b>gutter</b>\n\nOne\ntwo", "Open: https");
            assertThat(text(parts.getBodyPart(1)))
                    .contains("The roof &amp; the &lt;b&gt;gutter", "One<br>two")
                    .contains("href=\"https://leat.example.org/notes/1?a=&quot;b\"")
                    .doesNotContain("<b>");
        } finally {
            node.close();
        }
    }

    private static String text(BodyPart part) throws Exception {
        return part.getContent().toString().replace("\r\n", "\n");
    }

    @Test
    void nothing_that_people_wrote_becomes_a_line_of_the_head_or_another_recipient() throws Exception {
        Node node = node(settings(server.getSmtp().getPort(), Optional.empty(), MailSettings.Tls.OFF));
        try {
            ask(letter("eve@example.org\r\nBcc: all@example.org", "x"));
            ask(letter("eve@example.org, all@example.org", "x"));
            ask(letter("Eve <eve@example.org>", "x"));
            ask(letter("ada@example.org", "Roof\r\nBcc: all@example.org\n\n<script>"));
            MimeMessage got = only();
            assertThat(got.getSubject()).isEqualTo("Roof  Bcc: all@example.org  <script>");
            assertThat(got.getHeader("Bcc")).isNull();
            assertThat(got.getAllRecipients()).hasSize(1);
            assertThat(server.waitForIncomingEmail(1_000, 2)).isFalse();
        } finally {
            node.close();
        }
    }

    @Test
    void a_server_that_asks_who_we_are_is_told() throws Exception {
        server.setUser("leat@example.org", "leat", "secret");
        Node node = node(settings(server.getSmtp().getPort(), Optional.of("leat"), MailSettings.Tls.OFF));
        try {
            ask(letter("ada@example.org", "Roof"));
            assertThat(only().getSubject()).isEqualTo("Roof");
        } finally {
            node.close();
        }
    }

    @Test
    void without_encryption_where_it_is_demanded_nothing_is_sent() {
        Node node = node(settings(server.getSmtp().getPort(), Optional.empty(), MailSettings.Tls.STARTTLS));
        try {
            ask(letter("ada@example.org", "Roof"));
            assertThat(server.waitForIncomingEmail(2_000, 1)).isFalse();
        } finally {
            node.close();
        }
    }

    @Test
    void a_server_that_is_away_gets_the_letter_later() {
        int port = server.getSmtp().getPort();
        server.stop();
        Node node = node(settings(port, Optional.empty(), MailSettings.Tls.OFF));
        try {
            ask(letter("ada@example.org", "Roof"));
            server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
            assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
        } finally {
            node.close();
        }
    }

    @Test
    void one_mailbox_gets_no_more_than_its_share_and_others_theirs() {
        Node node = node(settings(server.getSmtp().getPort(), Optional.empty(), MailSettings.Tls.OFF));
        try {
            for (int i = 0; i < 6; i++) {
                ask(letter("ada@example.org", "Roof " + i));
            }
            ask(letter("bob@example.org", "Roof"));
            assertThat(server.waitForIncomingEmail(15_000, 4)).isTrue();
            assertThat(server.waitForIncomingEmail(1_000, 5)).isFalse();
        } finally {
            node.close();
        }
    }

    @Test
    void what_is_no_address_is_no_sender() {
        for (String from : List.of("", "leat", "a@b, c@d", "a@b\r\nBcc: c@d", "Leat <leat>", "Leat <leat@>")) {
            assertThat(Postman.isAddress(from)).as(from).isFalse();
        }
        assertThat(Postman.isAddress("Leat <leat@example.org>")).isTrue();
        assertThat(Postman.isAddress("leat@example.org")).isTrue();
    }
}
