package leat.mocks.matching;

/**
 * What routes are chosen by.
 *
 * @param host the {@code Host} header as sent, with or without a port; empty when there is none
 * @param method in upper case, as HTTP has it
 * @param rawPath still percent-encoded, without the query
 */
public record MatchRequest(String host, String method, String rawPath) {}
