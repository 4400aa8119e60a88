package leat.web;

/**
 * A class-path folder of style sheets, scripts and pictures that a module adds: {@code m.adds(AssetFolder.class, …)}.
 *
 * @param path such as {@code leat/notes/assets/}, with a slash at its end
 */
public record AssetFolder(String path) {}
