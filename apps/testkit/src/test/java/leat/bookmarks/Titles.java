package leat.bookmarks;

import java.net.URI;

/** Finds a title for an address. What asks the outside world is handed in, so that tests can say what it answers. */
@FunctionalInterface
interface Titles {
    /** Names a page by its host, without asking anybody. */
    Titles OF_HOSTS = address -> {
        String host = URI.create(address.replaceFirst("[?#].*", "")).getHost();
        return host == null ? "Untitled" : host;
    };

    /** May take long, and may fail: the task is then tried again. */
    String find(String address);
}
