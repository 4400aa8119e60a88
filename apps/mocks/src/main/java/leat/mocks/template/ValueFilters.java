package leat.mocks.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Filters for a value of any kind. */
final class ValueFilters {
    static final List<Filter> ALL = List.of(
            Filter.seeingMissing("default", "value", a -> {
                Object otherwise = a.value(0);
                return (value, r) -> value == null || Boolean.FALSE.equals(value) ? otherwise : value;
            }),
            Filter.seeingMissing("default-if-empty", "value", a -> {
                Object otherwise = a.value(0);
                return (value, r) -> Values.count(value, r) == 0 ? otherwise : value;
            }),
            Filter.of(Filters.SAFE, "", a -> (value, r) -> value),
            Filter.of("str", "", a -> Filter.text((text, r) -> text)),
            Filter.of("name", "", a -> Filter.text((text, r) -> text)),
            Filter.seeingMissing("json", "", a -> (value, r) -> new JsonFragment(JsonText.of(value, r))),
            Filter.of("hash", "text", a -> {
                String algorithm = algorithm(a.text(0));
                return Filter.text((text, r) -> hash(text, algorithm));
            }));

    private ValueFilters() {}

    private static String algorithm(String name) {
        return switch (name) {
            case "md5" -> "MD5";
            case "sha" -> "SHA-1";
            case "sha256" -> "SHA-256";
            case "sha384" -> "SHA-384";
            case "sha512" -> "SHA-512";
            default -> throw new IllegalArgumentException("A hash is md5, sha, sha256, sha384 or sha512.");
        };
    }

    private static String hash(String text, String algorithm) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
