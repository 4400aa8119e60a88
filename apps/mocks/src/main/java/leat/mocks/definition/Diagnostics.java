package leat.mocks.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import leat.mocks.definition.Diagnostic.Severity;

/** Collects findings in any order and gives them back in the order of the file, errors winning when there are many. */
final class Diagnostics {
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> others = new ArrayList<>();
    private int dropped;

    void error(DiagnosticCode code, Place place, String message, String advice) {
        keep(errors, finding(Severity.ERROR, code, place, message, advice));
    }

    void warning(DiagnosticCode code, Place place, String message, String advice) {
        keep(others, finding(Severity.WARNING, code, place, message, advice));
    }

    void info(DiagnosticCode code, Place place, String message, String advice) {
        keep(others, finding(Severity.INFO, code, place, message, advice));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Whether another finding would not be shown, so that its place need not be sought. */
    boolean full() {
        return errors.size() >= Limits.DIAGNOSTICS;
    }

    List<Diagnostic> inOrder() {
        int room = Limits.DIAGNOSTICS - errors.size();
        int left = dropped + Math.max(0, others.size() - room);
        var all = new ArrayList<>(errors);
        all.addAll(others.subList(0, Math.min(room, others.size())));
        all.sort(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column));
        if (left > 0) {
            all.add(finding(
                    Severity.INFO,
                    DiagnosticCode.DIAGNOSTICS_MORE,
                    Place.START,
                    left + " more findings are not shown.",
                    "Mend these first, then check again."));
        }
        return List.copyOf(all);
    }

    private void keep(List<Diagnostic> list, Diagnostic diagnostic) {
        if (list.size() < Limits.DIAGNOSTICS) {
            list.add(diagnostic);
        } else {
            dropped++;
        }
    }

    private static Diagnostic finding(
            Severity severity, DiagnosticCode code, Place place, String message, String advice) {
        return new Diagnostic(
                severity,
                code.text(),
                message,
                advice,
                place.line(),
                place.column(),
                place.endLine(),
                place.endColumn());
    }
}
