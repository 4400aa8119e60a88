package leat.kernel;

/**
 * The taking or giving up of a unique name, enforced by the journal in the transaction of the events beside it.
 *
 * @param space what must be unique: {@code mock.host}
 * @param name the name within the space, already in its canonical form (lower-case where case does not matter); at most
 *     {@link #MAX_NAME} characters
 * @param refusal what the caller is told when another entity holds the name
 */
public record Claim(String space, String name, boolean take, Refusal refusal) {
    /** Characters of a name. */
    public static final int MAX_NAME = 512;

    public Claim {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a claimed name has 1 to " + MAX_NAME + " characters, not " + name.length());
        }
    }
}
