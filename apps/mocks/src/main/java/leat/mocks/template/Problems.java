package leat.mocks.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a source while its compilation goes on as far as it makes sense. */
final class Problems {
    /** Ends a compilation that has nothing more to say. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    private final Source source;
    private final List<TemplateProblem> found = new ArrayList<>();

    Problems(Source source) {
        this.source = source;
    }

    void add(String code, String message, String advice, int offset) {
        found.add(new TemplateProblem(code, message, advice, offset, source.line(offset), source.column(offset)));
        if (found.size() == TemplateLimits.MAX_PROBLEMS) {
            throw new Enough();
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(TemplateProblem::offset));
            throw new TemplateException(found);
        }
    }
}
