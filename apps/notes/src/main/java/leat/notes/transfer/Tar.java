package leat.notes.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import leat.notes.text.ImportException;

/**
 * A tar on disk, by the names of its entries: ustar with the long names of GNU tar and of pax, as far as programs that write
 * archives of notes use them. Only plain files are told.
 */
final class Tar implements AutoCloseable {
    /** Entries of one tar, and of each kind. */
    static final int MAX_ENTRIES = 500_000;

    private static final int BLOCK = 512;
    private static final int MAX_NAME = 4 << 10;

    private final RandomAccessFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Where the bytes of an entry are. */
    private record Entry(long from, long size) {}

    /** @throws ImportException when it is damaged or holds too many entries */
    Tar(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        try {
            index();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Whether a file that begins so is one; a block is enough. */
    static boolean isTar(byte[] start) {
        return start.length >= BLOCK && isSound(start);
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    long size(String name) {
        return entry(name).size();
    }

    /** A stream over a channel of its own position; several may be read in turn, not at once. */
    InputStream open(String name) throws IOException {
        Entry entry = entry(name);
        file.seek(entry.from());
        return new Part(Channels.newInputStream(file.getChannel()), entry.size());
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no entry " + name);
        }
        return entry;
    }

    private void index() throws IOException {
        byte[] head = new byte[BLOCK];
        String longName = "";
        long at = 0;
        long length = file.length();
        for (int count = 0; at + BLOCK <= length; ) {
            file.seek(at);
            file.readFully(head);
            if (isEmpty(head)) {
                return;
            }
            if (!isSound(head)) {
                throw new ImportException("The tar is damaged.");
            }
            if (++count > MAX_ENTRIES) {
                throw new ImportException("The tar holds more than " + MAX_ENTRIES + " files.");
            }
            long size = number(head, 124, 12);
            long from = at + BLOCK;
            if (size < 0 || size > length - from) {
                throw new ImportException("The tar ends in the middle of a file.");
            }
            char kind = (char) head[156];
            if (kind == 'L' || kind == 'x') {
                longName = longName(kind, size, longName);
            } else {
                if (kind == '0' || kind == 0) {
                    entries.put(longName.isEmpty() ? name(head) : longName, new Entry(from, size));
                }
                longName = kind == 'g' ? longName : "";
            }
            at = from + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
    }

    private String longName(char kind, long size, String before) throws IOException {
        if (size > MAX_NAME) {
            throw new ImportException("The tar has a name of more than " + MAX_NAME + " bytes.");
        }
        byte[] bytes = new byte[(int) size];
        file.readFully(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (kind == 'L') {
            return text.replace("\0", "");
        }
        // Records of pax: "<length> path=<name>\n".
        for (String line : text.split("\n", -1)) {
            int path = line.indexOf(" path=");
            if (path > 0) {
                return line.substring(path + " path=".length());
            }
        }
        return before;
    }

    private static String name(byte[] head) {
        String name = text(head, 0, 100);
        boolean isUstar = text(head, 257, 5).equals("ustar");
        String prefix = isUstar ? text(head, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] head, int from, int length) {
        int end = from;
        while (end < from + length && head[end] != 0) {
            end++;
        }
        return new String(head, from, end - from, StandardCharsets.UTF_8);
    }

    /** Octal digits, or for large files the bytes of a number with the highest bit set. */
    private static long number(byte[] head, int from, int length) {
        if ((head[from] & 0x80) != 0) {
            long number = head[from] & 0x3f;
            for (int i = from + 1; i < from + length; i++) {
                number = number << 8 | (head[i] & 0xff);
            }
            return number;
        }
        String digits = text(head, from, length).strip();
        return digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : digits.isEmpty() ? 0 : -1;
    }

    private static boolean isEmpty(byte[] head) {
        for (byte it : head) {
            if (it != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum over the head, its own digits counted as spaces. */
    private static boolean isSound(byte[] block) {
        byte[] head = Arrays.copyOf(block, BLOCK);
        long told = number(head, 148, 8);
        Arrays.fill(head, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte it : head) {
            sum += it & 0xff;
        }
        return told == sum;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The next bytes of a stream, which stays open. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
