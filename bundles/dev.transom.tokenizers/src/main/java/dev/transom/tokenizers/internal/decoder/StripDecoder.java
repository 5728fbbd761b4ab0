package dev.transom.tokenizers.internal.decoder;

import java.util.List;

/**
 * Removes a character at the ends of each string.
 *
 * @param content the code point
 * @param start how many at most at the start
 * @param stop how many at most at the end
 */
public record StripDecoder(int content, int start, int stop) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        return tokens.stream().map(this::strip).toList();
    }

    private String strip(String token) {
        int[] codePoints = token.codePoints().toArray();
        int from = 0;
        while (from < start && from < codePoints.length && codePoints[from] == content) {
            from++;
        }
        int to = codePoints.length;
        while (codePoints.length - to < stop && to > from && codePoints[to - 1] == content) {
            to--;
        }
        return new String(codePoints, from, to - from);
    }
}
