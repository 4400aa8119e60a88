package leat.web.ui;

/** One step of something that takes a while. */
public record Step(String label, State state) {
    /** How far the step is. */
    public enum State {
        DONE,
        NOW,
        WAITING,
        FAILED
    }

    public String css() {
        return switch (state) {
            case DONE -> "step step-done";
            case NOW -> "step step-now";
            case WAITING -> "step";
            case FAILED -> "step step-failed";
        };
    }

    public String sign() {
        return switch (state) {
            case DONE -> "✓";
            case NOW, WAITING -> "·";
            case FAILED -> "✕";
        };
    }

    /** The state in words, for those who do not see the sign. */
    public String spoken() {
        return switch (state) {
            case DONE -> "done";
            case NOW -> "under way";
            case WAITING -> "waiting";
            case FAILED -> "failed";
        };
    }
}
