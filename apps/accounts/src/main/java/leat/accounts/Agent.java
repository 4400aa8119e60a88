package leat.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts what a browser calls itself into a few words that its owner recognizes: "Firefox on Linux". */
final class Agent {
    /** In order, for each browser also names the ones it descends from. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg", "Edge", "OPR", "Opera", "Firefox", "Firefox", "Chrom", "Chrome", "Safari", "Safari", "curl", "curl",
            "leat", "leat");

    private static final Map<String, String> SYSTEMS = ordered(
            "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "CrOS",
            "ChromeOS", "Linux", "Linux");

    private Agent() {}

    static String summary(Optional<String> userAgent) {
        String text = userAgent.orElse("");
        Optional<String> browser = first(BROWSERS, text);
        Optional<String> system = first(SYSTEMS, text);
        if (browser.isPresent()) {
            return browser.get() + system.map(name -> " on " + name).orElse("");
        }
        String plain = text.replaceAll("[^ -~]", "").strip();
        if (plain.isEmpty()) {
            return "unknown program";
        }
        return plain.length() > Session.MAX_AGENT ? plain.substring(0, Session.MAX_AGENT) : plain;
    }

    private static Optional<String> first(Map<String, String> names, String text) {
        return names.entrySet().stream()
                .filter(name -> text.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
