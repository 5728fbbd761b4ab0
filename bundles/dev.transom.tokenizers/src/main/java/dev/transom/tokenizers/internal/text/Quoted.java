package dev.transom.tokenizers.internal.text;

/** Strings from files and texts as error sentences show them: on one line, not too long. */
public final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    /** The string in quotation marks. */
    public static String of(String string) {
        return "\"" + plain(string) + "\"";
    }

    /** The string without quotation marks. */
    public static String plain(String string) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < string.length(); ) {
            if (i >= LONGEST) {
                return shown.append('…').toString();
            }
            int codePoint = string.codePointAt(i);
            if (isVisible(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(String.format("\\u%04x", codePoint));
            }
            i += Character.charCount(codePoint);
        }
        return shown.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
