package dev.transom.api.config;

/** Whole numbers as files and people write them. */
public final class Integers {

    private static final int DIGITS = 18;

    private Integers() {}

    /** Says whether a text is nothing but 1 to 18 digits, perhaps behind a minus: every such number fits a {@code long}. */
    public static boolean fitsLong(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() == start || text.length() - start > DIGITS) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
