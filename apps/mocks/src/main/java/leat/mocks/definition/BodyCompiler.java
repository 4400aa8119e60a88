package leat.mocks.definition;

import java.util.List;

/**
 * Turns the text of a body or a header into something that can be rendered for each request.
 *
 * <p>Called once for each text while a file is checked, and once more when a published route is first used. Safe for
 * use by many threads; gives the same result for the same text.
 */
@FunctionalInterface
public interface BodyCompiler {
    /** Takes every text as it is: no templates. */
    BodyCompiler VERBATIM = (source, contentType) -> new Compiled(CompiledBody.verbatim(source));

    /** @param contentType of the answer, which decides how values are escaped; {@code text/plain} for headers */
    Compilation compile(String source, String contentType);

    /** Either a body or what is wrong with its source. */
    sealed interface Compilation {}

    record Compiled(CompiledBody body) implements Compilation {}

    /** @param problems at least one */
    record Failed(List<Problem> problems) implements Compilation {
        public Failed {
            problems = List.copyOf(problems);
        }
    }

    /** @param offset in the source, in UTF-16 units from 0 */
    record Problem(String message, String advice, int offset) {}
}
