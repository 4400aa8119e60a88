package leat.web.ui;

/** One of several pages about the same thing. */
public record Tab(String label, String href, boolean current) {}
