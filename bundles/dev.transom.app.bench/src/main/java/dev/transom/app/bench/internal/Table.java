package dev.transom.app.bench.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in Markdown, as llama-bench prints it: readable on a terminal, and pasted anywhere. */
final class Table {

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    static Column left(String name) {
        return new Column(name, false);
    }

    static Column right(String name) {
        return new Column(name, true);
    }

    Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("table: a row must have " + columns.size() + " cells; got "
                + Arrays.toString(cells) + ".");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** All lines, each ended by a line break. */
    String print() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(Math.max(3, width(columns.get(i).name)),
                rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        line(text, columns.stream().map(Column::name).toList(), widths);
        for (int i = 0; i < widths.length; i++) {
            text.append(columns.get(i).right ? "| " + "-".repeat(widths[i] - 1) + ": " : "| " + "-".repeat(widths[i]) + " ");
        }
        text.append("|\n");
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String room = " ".repeat(widths[i] - width(cells.get(i)));
            text.append("| ").append(columns.get(i).right ? room + cells.get(i) : cells.get(i) + room).append(' ');
        }
        text.append("|\n");
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    record Column(String name, boolean right) {
    }
}
