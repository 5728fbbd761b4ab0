package dev.transom.app.inspect.internal;

/** Lines of a name, a value and maybe a remark, in columns. */
final class Lines {

    private static final int NAME = 15;
    private static final int VALUE = 22;

    private final StringBuilder text = new StringBuilder();

    void add(String name, String value) {
        text.append(padded(name, NAME)).append(value).append('\n');
    }

    void add(String name, String value, String remark) {
        text.append(padded(name, NAME)).append(padded(value, VALUE)).append(remark).append('\n');
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
