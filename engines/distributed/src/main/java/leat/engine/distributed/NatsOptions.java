package leat.engine.distributed;

import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import leat.kernel.port.EngineException;

/** Addresses, sign-in and trust of the settings as the client wants them; files are read when the bus is opened. */
final class NatsOptions {
    private NatsOptions() {}

    static Options.Builder of(NatsSettings settings) {
        Options.Builder options = Options.builder()
                .servers(settings.servers().toArray(String[]::new))
                .connectionName(settings.space());
        settings.trust().ifPresent(pem -> options.sslContext(trusting(pem)));
        return switch (settings.signIn()) {
            case NatsSettings.Nobody() -> options;
            case NatsSettings.User(String name, String password) -> options.userInfo(name, password);
            case NatsSettings.Token(String token) -> options.token(token.toCharArray());
            case NatsSettings.Credentials(Path file) -> options.authHandler(Nats.credentials(readable(file)));
            case NatsSettings.Key(Path seedFile) -> options.authHandler(new KeyHolder(seed(seedFile)));
        };
    }

    private static String readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new EngineException("the NATS credentials file " + file + " cannot be read", null);
        }
        return file.toString();
    }

    private static NKey seed(Path file) {
        try {
            return NKey.fromSeed(Files.readString(file).strip().toCharArray());
        } catch (IOException e) {
            throw new EngineException("the NATS key file " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            // The cause may quote the seed.
            throw new EngineException("the NATS key file " + file + " holds no seed of a key", null);
        }
    }

    private static SSLContext trusting(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("trusted " + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new EngineException("the certificates in " + pem + " that NATS is trusted by cannot be read", e);
        }
    }

    /** Proves who this is with a key pair alone. */
    private record KeyHolder(NKey key) implements io.nats.client.AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("the NATS key cannot sign", e);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("the NATS key has no public half", e);
            }
        }

        @Override
        @SuppressWarnings("NullAway") // the client asks for null when there is no JWT
        public char[] getJWT() {
            return null;
        }
    }
}
