package leat.mocks.template;

import java.util.List;
import java.util.stream.Collectors;

/** A source that is no template; carries every problem found, in the order of the source, never none. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<TemplateProblem> problems;

    TemplateException(List<TemplateProblem> problems) {
        super(problems.stream().map(TemplateProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<TemplateProblem> problems() {
        return problems;
    }
}
