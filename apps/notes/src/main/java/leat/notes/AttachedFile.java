package leat.notes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import leat.kernel.Refusal;
import leat.notes.files.FileKind;
import leat.notes.files.Thumbnail;
import leat.web.ByteRange;
import leat.web.Request;
import leat.web.Response;

/**
 * Answers with the bytes of an attachment, so that whatever they are, nothing in them acts: pictures of four kinds are
 * shown, all else is only ever saved, and a policy forbids even what is opened by itself to run or load anything.
 *
 * <p>Each reading asks for the note again; what the browser keeps it may show only after asking whether it still may.
 */
final class AttachedFile {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    private static final int BUFFER_BYTES = 64 << 10;

    /** Thumbnails made at once, each some 16 MiB while it is made. */
    private static final int AT_ONCE = 2;

    /** Thumbnails kept in memory, each some 30 KiB. */
    private static final int KEPT = 500;

    private final FileStore store;
    private final Semaphore making = new Semaphore(AT_ONCE);
    private final Map<String, Optional<byte[]>> thumbnails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<byte[]>> eldest) {
            return size() > KEPT;
        }
    };

    AttachedFile(FileStore store) {
        this.store = store;
    }

    static boolean hasThumbnail(Attachment.File file) {
        return Thumbnail.isPossible(file.type());
    }

    Response whole(Request request, AttachmentList.Item it) {
        Attachment.File file = it.file();
        String etag = "\"" + file.hash() + "\"";
        Optional<ByteRange> part = ByteRange.of(request, etag, file.size());
        if (part.filter(ByteRange::isOutside).isPresent()) {
            return guarded(Response.of(416), file)
                    .header("Content-Range", part.get().told());
        }
        long first = part.map(ByteRange::first).orElse(0L);
        long length = part.map(ByteRange::length).orElse(file.size());
        Response response = guarded(Response.stream(type(file), out -> copy(file.blob(), first, length, out)), file)
                .header("Accept-Ranges", "bytes");
        return part.map(range -> response.status(206).header("Content-Range", range.told()))
                .orElse(response)
                .header("ETag", etag);
    }

    private void copy(String blob, long first, long length, OutputStream out) throws IOException {
        try (InputStream in = store.open(blob)) {
            in.skipNBytes(first);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("the attached file " + blob + " is shorter than it was");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** @throws leat.kernel.RefusedException with {@code attachment.no-thumbnail} */
    Response thumbnail(AttachmentList.Item it) {
        byte[] small = small(it.file())
                .orElseThrow(() -> Refusal.of(
                                Refusal.Kind.ABSENT,
                                "attachment.no-thumbnail",
                                "There is no small picture of this file.")
                        .asException());
        return guarded(Response.of(200).body("image/jpeg", small), it.file())
                .header("ETag", "\"" + it.file().hash() + ".small\"");
    }

    private Optional<byte[]> small(Attachment.File file) {
        if (!hasThumbnail(file)) {
            return Optional.empty();
        }
        synchronized (thumbnails) {
            Optional<byte[]> known = thumbnails.get(file.hash());
            if (known != null) {
                return known;
            }
        }
        making.acquireUninterruptibly();
        Optional<byte[]> made;
        try {
            made = Thumbnail.of(store.read(file.blob()), file.type());
        } finally {
            making.release();
        }
        synchronized (thumbnails) {
            thumbnails.put(file.hash(), made);
        }
        return made;
    }

    private static String type(Attachment.File file) {
        // A text is not called by its name either: a browser might read markup in it.
        return file.type().startsWith("image/svg") || file.type().startsWith("text/") ? FileKind.UNKNOWN : file.type();
    }

    private static Response guarded(Response response, Attachment.File file) {
        String way = FileKind.isPicture(file.type()) ? "inline" : "attachment";
        String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return response.header("Content-Disposition", way + "; filename*=UTF-8''" + name)
                .header("Content-Security-Policy", POLICY)
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "private, no-cache");
    }
}
