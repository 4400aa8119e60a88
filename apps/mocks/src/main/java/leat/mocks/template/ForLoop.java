package leat.mocks.template;

import org.jspecify.annotations.Nullable;

/** What {@code forloop} shows inside a loop: how far it has come. */
final class ForLoop {
    private final int length;
    private final @Nullable Object parent;
    private int turn;

    ForLoop(int length, @Nullable Object parent) {
        this.length = length;
        this.parent = parent;
    }

    void turn(int number) {
        turn = number;
    }

    @Nullable
    Object get(String name) {
        return switch (name) {
            case "counter" -> turn + 1;
            case "counter0" -> turn;
            case "revcounter" -> length - turn;
            case "revcounter0" -> length - turn - 1;
            case "first" -> turn == 0;
            case "last" -> turn == length - 1;
            case "length" -> length;
            case "parentloop" -> parent;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return (turn + 1) + "/" + length;
    }
}
