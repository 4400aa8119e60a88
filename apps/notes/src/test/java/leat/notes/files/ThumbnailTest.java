package leat.notes.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ThumbnailTest {
    /** Red on the left, blue on the right. */
    private static byte[] picture(int width, int height, String format) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width, height);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static BufferedImage small(byte[] file, String type) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Thumbnail.of(file, type).orElseThrow()));
    }

    private static boolean isRed(BufferedImage image, int x, int y) {
        var color = new Color(image.getRGB(x, y));
        return color.getRed() > 180 && color.getBlue() < 80;
    }

    @Test
    void a_picture_is_shrunk_to_its_longer_side() throws Exception {
        for (String type : new String[] {"png", "jpeg", "gif"}) {
            BufferedImage small = small(picture(960, 240, type), "image/" + type);

            assertThat(small.getWidth()).as(type).isEqualTo(Thumbnail.SIDE);
            assertThat(small.getHeight()).as(type).isEqualTo(120);
            assertThat(isRed(small, 20, 60)).as(type).isTrue();
            assertThat(isRed(small, 460, 60)).as(type).isFalse();
        }
    }

    @Test
    void a_small_picture_is_not_made_larger() throws Exception {
        assertThat(small(picture(20, 10, "png"), "image/png").getWidth()).isEqualTo(20);
    }

    @Test
    void a_large_picture_is_read_with_pixels_left_out() throws Exception {
        assertThat(small(picture(6_000, 2_000, "png"), "image/png").getWidth()).isEqualTo(Thumbnail.SIDE);
    }

    @Test
    void a_picture_that_says_that_it_is_huge_is_not_believed_into_memory() throws Exception {
        byte[] png = picture(20, 10, "png");
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        var sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());

        assertThat(Thumbnail.of(png, "image/png")).isEmpty();
    }

    @Test
    void a_picture_on_its_side_is_stood_up() throws Exception {
        byte[] jpeg = picture(200, 100, "jpeg");
        // Exif, big endian, one entry: orientation 6, which is a quarter turn to the right.
        byte[] exif = HexFormat.of()
                .parseHex(
                        "ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000" + "00000000");
        byte[] turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);

        assertThat(Orientation.of(turned)).isEqualTo(new Orientation(6));
        BufferedImage small = small(turned, "image/jpeg");
        assertThat(small.getWidth()).isEqualTo(100);
        assertThat(small.getHeight()).isEqualTo(200);
        assertThat(isRed(small, 50, 20)).isTrue();
        assertThat(isRed(small, 50, 180)).isFalse();
    }

    @Test
    void every_way_of_standing_up_keeps_the_picture_within_its_frame() {
        for (int value = 1; value <= 8; value++) {
            var orientation = new Orientation(value);
            var frame = orientation
                    .upright(40, 20)
                    .createTransformedShape(new java.awt.Rectangle(40, 20))
                    .getBounds();
            assertThat(frame)
                    .as("orientation %s", value)
                    .isEqualTo(
                            orientation.isTurned() ? new java.awt.Rectangle(20, 40) : new java.awt.Rectangle(40, 20));
        }
    }

    @Test
    void damage_of_any_kind_gives_none_or_some_and_never_a_fault() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("ThumbnailTest seed " + seed);
        var random = new Random(seed);
        for (String type : new String[] {"png", "jpeg", "gif"}) {
            byte[] whole = picture(60, 40, type);
            for (int i = 0; i < 60; i++) {
                byte[] file = Arrays.copyOf(whole, random.nextInt(1, whole.length + 1));
                for (int n = random.nextInt(4); n > 0; n--) {
                    file[random.nextInt(file.length)] = (byte) random.nextInt();
                }
                Thumbnail.of(file, "image/" + type)
                        .ifPresent(it -> assertThat(it).isNotEmpty());
            }
        }
    }
}
