package leat.accounts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Refusal;
import leat.kernel.Refusal.Violation;

/**
 * What a password must be: long, not the person's name, and not one of those that everybody tries first. No rule about
 * digits or signs, which make passwords hard to remember and easy to guess (NIST SP 800-63B).
 */
final class PasswordRule {
    /** Shortest password in characters. */
    static final int MIN = 10;

    /** Longest password in characters; hashing a longer one would only be work for an attacker to cause. */
    static final int MAX = 200;

    private static final int MIN_DISTINCT = 4;

    /** The commonest passwords of ten characters and more, and the ones that lie near in this product. */
    private static final Set<String> COMMON = Set.of(
            "0123456789", "1234567890", "12345678910", "123456789a", "1234567891", "0987654321", "9876543210",
            "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456",
            "qwertzuiop", "asdfghjkl1", "asdfghjkl;", "zaq12wsxcde3", "password12", "password123", "password1234",
            "passwordpassword", "mypassword", "mypassword1", "changeme123", "changeme1234", "letmein123", "letmein1234",
            "welcome123", "welcome1234", "iloveyou12", "iloveyou123", "admin12345", "admin123456", "administrator",
            "abcdefghij", "abcdefghijk", "abcd123456", "abc1234567", "abcde12345", "football123", "baseball123",
            "superman123", "sunshine123", "princess123", "computer123", "internet123", "basketball", "correcthorse",
            "correct horse battery staple", "correcthorsebatterystaple", "trustno1trustno1", "leatleatleat", "leat123456");

    private PasswordRule() {}

    static Optional<Violation> violation(String field, String password, String userName) {
        if (password.length() < MIN) {
            return Optional.of(new Violation(
                    field, "password.short", "Use at least " + MIN + " characters; a short sentence is good."));
        }
        if (password.length() > MAX) {
            return Optional.of(new Violation(field, "password.long", "Use at most " + MAX + " characters."));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (!userName.isEmpty() && lower.replace(userName, "").length() < MIN / 2) {
            return Optional.of(
                    new Violation(field, "password.name", "Choose something that is not made of your name."));
        }
        if (COMMON.contains(lower) || lower.chars().distinct().count() < MIN_DISTINCT) {
            return Optional.of(new Violation(
                    field, "password.common", "This is among the first that are tried; choose another."));
        }
        return Optional.empty();
    }

    /** @throws leat.kernel.RefusedException with {@code password.weak} */
    static void require(String field, String password, String userName) {
        violation(field, password, userName).ifPresent(wrong -> {
            throw Refusal.invalid("password.weak", wrong.message(), List.of(wrong)).asException();
        });
    }
}
