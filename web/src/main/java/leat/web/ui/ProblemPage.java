package leat.web.ui;

import java.util.List;

/**
 * What went wrong, for a person: a status, a sentence, what to do next, and the id by which an operator finds the request.
 *
 * @param next where to go from here, the best first
 */
public record ProblemPage(int status, String title, String sentence, String requestId, List<Nav.Link> next) {
    public ProblemPage {
        next = List.copyOf(next);
    }
}
