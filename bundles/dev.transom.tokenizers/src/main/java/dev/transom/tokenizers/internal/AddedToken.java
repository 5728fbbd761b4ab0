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
 */
public record AddedToken(
        String content, boolean singleWord, boolean stripsLeft, boolean stripsRight, boolean normalized, boolean special) {}
