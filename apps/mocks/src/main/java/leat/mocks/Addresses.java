package leat.mocks;

import leat.web.Request;

/** Where a mock answers, as whoever asked can reach it: with the scheme and the port by which they reached us. */
record Addresses(String host, String path) {

    /**
     * @param baseHost below which each mock has a host of its own
     * @return both without a slash at their ends
     */
    static Addresses of(Request request, String baseHost, Mock.Identity identity) {
        String scheme = request.https() ? "https://" : "http://";
        String authority = request.header("host").orElse(baseHost);
        int colon = authority.lastIndexOf(':');
        String port = colon < 0 || authority.indexOf(']', colon) > 0 ? "" : authority.substring(colon);
        return new Addresses(
                scheme + identity.label() + "." + baseHost + port, scheme + authority + "/m/" + identity.path());
    }
}
