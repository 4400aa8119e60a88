package leat.mocks.definition;

import java.util.List;
import java.util.Optional;

/**
 * What reading a file gave: a definition when it holds no error, and all findings in the order of the file.
 */
public record ParsedMock(Optional<MockDefinition> definition, List<Diagnostic> diagnostics) {
    public ParsedMock {
        diagnostics = List.copyOf(diagnostics);
    }
}
