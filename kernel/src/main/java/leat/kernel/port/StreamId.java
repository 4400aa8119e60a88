package leat.kernel.port;

import org.jspecify.annotations.Nullable;

/**
 * The events of one entity, in order: {@code note/01J0…}.
 *
 * @param type the entity's type, without a slash
 * @param id the entity's id within its type
 */
public record StreamId(String type, String id) {
    public static StreamId parse(String text) {
        int slash = text.indexOf('/');
        return new StreamId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamId that && id.equals(that.id) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + id.hashCode();
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
