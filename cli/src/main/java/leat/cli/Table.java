package leat.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned; cells are cleared of control characters, so that data cannot steer the terminal. */
public final class Table {
    private final List<String> headings;
    private final String whenEmpty;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** A text in a colour. */
    public record Cell(String text, Style style) {
        public Cell {
            text = plain(text);
        }
    }

    private Table(String whenEmpty, List<String> headings) {
        this.whenEmpty = whenEmpty;
        this.headings = headings;
    }

    /** @param whenEmpty the sentence to print instead when there are no rows */
    public static Table of(String whenEmpty, String... headings) {
        return new Table(whenEmpty, List.of(headings));
    }

    /** Adds a row of cells, each a {@link Cell} or anything whose text it shows. */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " under " + headings.size() + " headings");
        }
        var row = new ArrayList<Cell>();
        for (Object cell : cells) {
            row.add(cell instanceof Cell styled ? styled : new Cell(cell.toString(), Style.PLAIN));
        }
        rows.add(row);
        return this;
    }

    List<String> lines(boolean colours) {
        if (rows.isEmpty()) {
            return List.of(whenEmpty);
        }
        int[] widths = new int[headings.size()];
        List<Cell> head =
                headings.stream().map(heading -> new Cell(heading, Style.DIM)).toList();
        measure(widths, head);
        rows.forEach(row -> measure(widths, row));
        var lines = new ArrayList<String>();
        lines.add(line(widths, head, colours));
        rows.forEach(row -> lines.add(line(widths, row, colours)));
        return lines;
    }

    private static void measure(int[] widths, List<Cell> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(row.get(i)));
        }
    }

    private static int width(Cell cell) {
        return cell.text().codePointCount(0, cell.text().length());
    }

    private static String line(int[] widths, List<Cell> row, boolean colours) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            line.append(colours ? cell.style().on(cell.text()) : cell.text());
            if (i < widths.length - 1) {
                line.repeat(' ', widths[i] - width(cell) + 2);
            }
        }
        return line.toString().stripTrailing();
    }

    static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
