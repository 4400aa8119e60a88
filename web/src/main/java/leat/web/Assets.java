package leat.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import leat.kernel.Lazy;
import leat.kernel.Refusal;

/**
 * Style sheets, scripts and pictures from the class path, each under an address that changes with its content, so that
 * browsers may keep it for ever.
 *
 * <p>All are read at start and served from memory, compressed when first asked for; only names found then exist, so no
 * path can lead out of the roots.
 */
public final class Assets {
    /** Where assets are served. */
    public static final String PREFIX = "/assets/";

    /** Largest single asset in bytes. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, Asset> byPath = new HashMap<>();

    private record Asset(String mediaType, byte[] bytes, Lazy<byte[]> gzipped, String etag) {}

    private Assets() {}

    /** No assets. */
    public static Assets none() {
        return new Assets();
    }

    /**
     * Reads every file under these class-path folders, such as {@code leat/web/assets/}; a folder that does not exist holds
     * nothing.
     *
     * @throws IllegalArgumentException when two folders hold a file of the same name, or a file has an unknown type or is
     *     larger than {@link #MAX_BYTES}
     */
    public static Assets of(ClassLoader loader, String... roots) {
        var assets = new Assets();
        try {
            for (String root : roots) {
                for (URL folder : Collections.list(loader.getResources(root))) {
                    assets.addFolder(folder.toURI(), root);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a class-path entry has a bad address", e);
        }
        return assets;
    }

    /**
     * The address of an asset, by its name below its root.
     *
     * @throws IllegalArgumentException when there is none: a mistake in a page, better found by the first test
     */
    public String url(String name) {
        String url = urls.get(name);
        if (url == null) {
            throw new IllegalArgumentException("there is no asset \"" + name + "\"");
        }
        return url;
    }

    /** Names of all assets. */
    public List<String> names() {
        return urls.keySet().stream().sorted().toList();
    }

    Response answer(Request request) {
        Asset asset = byPath.get(request.path());
        if (asset == null) {
            throw Refusal.of(Refusal.Kind.ABSENT, "asset.absent", "There is no such file; load the page again.")
                    .asException();
        }
        boolean gzip = Gzip.accepted(request.headers()) && asset.gzipped.get().length > 0;
        Response whole = Response.of(200)
                .body(asset.mediaType, gzip ? asset.gzipped.get() : asset.bytes)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("ETag", asset.etag)
                .header("Vary", "Accept-Encoding");
        return gzip ? whole.header("Content-Encoding", "gzip") : whole;
    }

    private void addFolder(URI folder, String root) throws IOException {
        if (folder.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                addFiles(jar.getPath(root));
            }
        } else {
            addFiles(Path.of(folder));
        }
    }

    private void addFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private void add(String name, byte[] bytes) {
        int dot = name.lastIndexOf('.');
        String type = dot < 0 ? null : MEDIA_TYPES.get(name.substring(dot + 1));
        if (type == null) {
            throw new IllegalArgumentException("the asset \"" + name + "\" has an unknown type");
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the asset \"" + name + "\" is larger than " + MAX_BYTES + " bytes");
        }
        String hash = hash(bytes);
        String url = PREFIX + name.substring(0, dot) + "." + hash + name.substring(dot);
        if (urls.putIfAbsent(name, url) != null) {
            throw new IllegalArgumentException("two folders hold an asset \"" + name + "\"");
        }
        Lazy<byte[]> gzipped = Lazy.of(
                () -> Gzip.suits(type) && bytes.length > Gzip.SMALLEST_BYTES ? Gzip.compressed(bytes) : new byte[0]);
        byPath.put(url, new Asset(type, bytes, gzipped, "\"" + hash + "\""));
    }

    /** Two checksums that the JVM computes quickly from its first moment, as it does not SHA-256: content is ours, not a foe's. */
    private static String hash(byte[] bytes) {
        var crc32 = new CRC32();
        crc32.update(bytes);
        var crc32c = new CRC32C();
        crc32c.update(bytes);
        return HexFormat.of().toHexDigits(crc32.getValue() << 32 | crc32c.getValue());
    }
}
