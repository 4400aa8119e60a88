package leat.web;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks every route as everyone, for the test that tries whether each route lets in whom it says and no others.
 *
 * <p>What is expected follows from a route's {@link Access} alone; what happens is asked of a {@link Probe}, which sends a
 * real request to a real server with real credentials.
 */
public final class RouteWalk {
    private RouteWalk() {}

    /** Somebody to try a route as. */
    public enum Standing {
        /** Not signed in. */
        NOBODY,
        /** Signed in, but no member of the organization that the request is about. */
        STRANGER,
        VIEWER,
        EDITOR,
        /** An owner of the organization, not of the installation. */
        OWNER,
        /** An owner of the installation, and no member of the organization. */
        INSTALLATION_OWNER
    }

    /** What the gate makes of a request. */
    public enum Verdict {
        /** The handler is reached; whatever it answers then, it is not one of the others. */
        ADMITTED,
        /** 401, or a redirect to sign in. */
        SIGN_IN,
        /** 403 with code {@code forbidden}. */
        FORBIDDEN,
        /** 404, as if there were no such thing. */
        ABSENT
    }

    /** One route tried as somebody. */
    public record Step(Route route, Standing standing, Verdict expected) {}

    /** A step that did not go as expected. */
    public record Finding(Step step, Verdict met) {
        @Override
        public String toString() {
            return step.route() + " as " + step.standing() + ": expected " + step.expected() + ", met " + met;
        }
    }

    /** Sends a request for a route, well-formed and about a thing that exists, as somebody, and tells what came of it. */
    @FunctionalInterface
    public interface Probe {
        Verdict tried(Route route, Standing standing);
    }

    /** Every route as every standing, in order. */
    public static List<Step> steps(List<Route> routes) {
        var steps = new ArrayList<Step>();
        for (Route route : routes) {
            for (Standing standing : Standing.values()) {
                steps.add(new Step(route, standing, expected(route.access(), standing)));
            }
        }
        return steps;
    }

    /** Tries every step; what did not go as expected. */
    public static List<Finding> walk(List<Route> routes, Probe probe) {
        return steps(routes).stream()
                .map(step -> new Finding(step, probe.tried(step.route(), step.standing())))
                .filter(finding -> finding.met() != finding.step().expected())
                .toList();
    }

    /** Reads a verdict from an answer's status, its Location, and its problem code (empty when it is no problem). */
    public static Verdict verdict(int status, String location, String code) {
        if (status == 401 || (status == 303 && location.startsWith("/sign-in"))) {
            return Verdict.SIGN_IN;
        }
        if (status == 403) {
            return Verdict.FORBIDDEN;
        }
        return status == 404 && (code.isEmpty() || code.endsWith(".absent")) ? Verdict.ABSENT : Verdict.ADMITTED;
    }

    private static Verdict expected(Access access, Standing standing) {
        return switch (access) {
            case Access.Anyone anyone -> Verdict.ADMITTED;
            case Access.SignedIn signedIn -> standing == Standing.NOBODY ? Verdict.SIGN_IN : Verdict.ADMITTED;
            case Access.Owner owner ->
                switch (standing) {
                    case NOBODY -> Verdict.SIGN_IN;
                    case INSTALLATION_OWNER -> Verdict.ADMITTED;
                    case STRANGER, VIEWER, EDITOR, OWNER -> Verdict.FORBIDDEN;
                };
            case Access.Member member ->
                switch (standing) {
                    case NOBODY -> Verdict.SIGN_IN;
                    case STRANGER, INSTALLATION_OWNER -> Verdict.ABSENT;
                    case VIEWER -> asMember(Role.VIEWER, member);
                    case EDITOR -> asMember(Role.EDITOR, member);
                    case OWNER -> asMember(Role.OWNER, member);
                };
        };
    }

    private static Verdict asMember(Role role, Access.Member member) {
        return role.includes(member.atLeast()) ? Verdict.ADMITTED : Verdict.FORBIDDEN;
    }
}
