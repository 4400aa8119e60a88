package leat.accounts;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import leat.kernel.Refusal.Violation;

/** What a person tells of themselves, if they like: when they were born, which only they and the owner see, and a few words. */
record About(Optional<LocalDate> born, Optional<String> bio) {
    /** Characters of the few words. */
    static final int MAX_BIO = 1_000;

    static final About NOTHING = new About(Optional.empty(), Optional.empty());

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /** The same as it was typed: a day as {@code 1987-05-04}. */
    record Typed(Optional<String> born, Optional<String> bio) {
        static final Typed NOTHING = new Typed(Optional.empty(), Optional.empty());

        Optional<Violation> bornViolation(LocalDate today) {
            return born.filter(text -> !isGood(text, today))
                    .map(text -> new Violation(
                            "born", "born.shape", "Write a day of the past, such as 1987-05-04, not before 1900."));
        }

        private static boolean isGood(String text, LocalDate today) {
            try {
                LocalDate day = LocalDate.parse(text);
                return !day.isAfter(today) && !day.isBefore(EARLIEST);
            } catch (DateTimeException e) {
                return false;
            }
        }

        Optional<Violation> bioViolation() {
            return bio.filter(text -> text.length() > MAX_BIO
                            || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n'))
                    .map(text -> new Violation(
                            "bio", "bio.shape", "Use at most " + MAX_BIO + " characters, and line breaks."));
        }

        /** @throws DateTimeException when there is a violation */
        About checked() {
            return new About(born.map(LocalDate::parse), bio);
        }
    }

    Typed typed() {
        return new Typed(born.map(LocalDate::toString), bio);
    }
}
