package leat.notes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statuses, kinds and accesses as people read and write them: {@code ToDo} for {@code TO_DO}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    static <E extends Enum<E>> List<String> all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }

    /** The constant of a word in whatever case. */
    static <E extends Enum<E>> Optional<E> read(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> of(it).equalsIgnoreCase(word))
                .findFirst();
    }
}
