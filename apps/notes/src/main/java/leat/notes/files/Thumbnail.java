package leat.notes.files;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A small JPEG of a PNG, JPEG or GIF picture. A large picture is never held whole: rows and columns are left out while it is
 * read, so that some 4 million pixels are in memory at most. Pictures on their side, as cameras make them, are stood up.
 */
public final class Thumbnail {
    /** The longer side, in pixels. */
    public static final int SIDE = 480;

    /** Pixels of a picture, beyond which it has none: reading so many takes long, whatever is left out. */
    public static final long MAX_PIXELS = 100_000_000;

    private static final long MAX_KEPT_PIXELS = 4_000_000;
    private static final Set<String> READABLE = Set.of("image/png", "image/jpeg", "image/gif");

    static {
        ImageIO.setUseCache(false);
    }

    private Thumbnail() {}

    /** Whether there are thumbnails of such files. */
    public static boolean isPossible(String mediaType) {
        return READABLE.contains(mediaType);
    }

    /** Empty for what is damaged, of another kind, or too large. */
    public static Optional<byte[]> of(byte[] file, String mediaType) {
        if (!isPossible(mediaType)) {
            return Optional.empty();
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            var readers = ImageIO.getImageReadersByMIMEType(mediaType);
            if (in == null || !readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(reader).map(it -> written(shrunk(it, Orientation.of(file))));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Readers of pictures answer damage with whatever comes.
            return Optional.empty();
        }
    }

    private static Optional<BufferedImage> read(ImageReader reader) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
            return Optional.empty();
        }
        int step = 1;
        while ((width / step) * (height / step) > MAX_KEPT_PIXELS) {
            step++;
        }
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return Optional.of(reader.read(0, parameters));
    }

    /** On white, for JPEG knows nothing transparent. */
    private static BufferedImage shrunk(BufferedImage picture, Orientation orientation) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        boolean turned = orientation.isTurned();
        var small = new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, small.getWidth(), small.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        AffineTransform upright = orientation.upright(width, height);
        upright.scale((double) width / picture.getWidth(), (double) height / picture.getHeight());
        graphics.drawImage(picture, upright, null);
        graphics.dispose();
        return small;
    }

    private static byte[] written(BufferedImage small) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(small, "jpg", out);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return out.toByteArray();
    }
}
