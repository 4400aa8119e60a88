package leat.mocks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import leat.kernel.Refusal;
import leat.kernel.port.Blobs;
import leat.mocks.definition.Limits;

/** The texts of mocks, in the blob store: the same text is stored once, whoever wrote it. */
record Sources(Blobs blobs) {

    /**
     * Stores a text as it is, even one that is no mock: what somebody wrote is not lost for a mistake in it.
     *
     * @throws leat.kernel.RefusedException when it is larger than {@link Limits#FILE_BYTES}
     */
    Mock.Source store(byte[] utf8) {
        if (utf8.length > Limits.FILE_BYTES) {
            throw Refusal.of(
                            Refusal.Kind.TOO_LARGE,
                            "mock.too-large",
                            "The file has " + utf8.length + " bytes; a mock has at most " + Limits.FILE_BYTES + ".")
                    .asException();
        }
        try {
            Blobs.Blob blob = blobs.put(new ByteArrayInputStream(utf8));
            return new Mock.Source(blob.hash(), utf8.length, lines(utf8));
        } catch (IOException e) {
            throw new UncheckedIOException("the text of a mock could not be stored", e);
        }
    }

    byte[] read(String hash) throws IOException {
        Optional<InputStream> stored = blobs.open(hash);
        if (stored.isEmpty()) {
            throw new IOException("the text " + hash + " is not in the blob store");
        }
        try (InputStream in = stored.get()) {
            return in.readAllBytes();
        }
    }

    /** The text for people; bytes that are not UTF-8 are shown as question marks. */
    String text(Mock.Source source) {
        try {
            return new String(read(source.hash()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the text of a mock could not be read", e);
        }
    }

    private static int lines(byte[] utf8) {
        int lines = utf8.length == 0 || utf8[utf8.length - 1] == '\n' ? 0 : 1;
        for (byte b : utf8) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
