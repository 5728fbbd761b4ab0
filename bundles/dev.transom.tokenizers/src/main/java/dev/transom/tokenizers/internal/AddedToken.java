package dev.transom.tokenizers.internal;

/**
 * A token that is recognised in the text before the model sees it.
 *
 * @param content what it looks like
 * @param singleWord not inside a word
 * @param stripsLeft takes the white space before it
 * @param stripsRight takes the white space behind it
 * @param normalized is looked for in the normalised text, in its normalised form
 * @param special a marker, which decoding may leave out
 * @param searched is looked for in texts; otherwise it is only known to be a marker
 */
public record AddedToken(String content, boolean singleWord, boolean stripsLeft, boolean stripsRight, boolean normalized,
        boolean special, boolean searched) {

    /** A marker that is looked for anywhere in the text. */
    public static AddedToken marker(String content) {
        return new AddedToken(content, false, false, false, false, true, true);
    }

    /** A token that is looked for anywhere in the text and stands for itself. */
    public static AddedToken plain(String content) {
        return new AddedToken(content, false, false, false, false, false, true);
    }

    /** The same token, not looked for. */
    public AddedToken unsearched() {
        return new AddedToken(content, singleWord, stripsLeft, stripsRight, normalized, special, false);
    }
}
