package dev.transom.conformance.architecture;

import dev.transom.graph.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A row of tokens and where its keys and values lie.
 *
 * @param ids          its tokens
 * @param source       source tokens of an encoder-decoder, else none
 * @param blocks       cache blocks of its positions
 * @param sourceBlocks cache blocks of its source
 */
record Row(int[] ids, int[] source, int[] blocks, int[] sourceBlocks) {

    /** Random tokens without a place in a cache. */
    static Row random(int stream, int tokens, int sourceTokens, int vocabulary) {
        return new Row(ids(stream, tokens, vocabulary), ids(stream + 1000, sourceTokens, vocabulary), new int[0], new int[0]);
    }

    /** The same row in cache blocks {@code first}, {@code first + stride} … */
    Row at(int first, int stride) {
        int own = Math.ceilDiv(ids.length, Subject.BLOCK);
        return new Row(ids, source, blocks(first, stride, own),
            blocks(first + stride * own, stride, Math.ceilDiv(source.length, Subject.BLOCK)));
    }

    Row in(int[] otherBlocks) {
        return new Row(ids, source, otherBlocks, sourceBlocks);
    }

    /** The same row with other tokens from a position on. */
    Row changed(int from, int vocabulary) {
        int[] other = ids.clone();
        for (int i = from; i < other.length; i++) {
            other[i] = (other[i] + 1 + i % Math.max(1, vocabulary - 2)) % vocabulary;
        }
        return new Row(other, source, blocks, sourceBlocks);
    }

    /** Tokens {@code from} … {@code to − 1} of it, as part of a step. */
    Part part(int from, int to) {
        return new Part(this, from, to);
    }

    Part whole() {
        return part(0, ids.length);
    }

    private static int[] blocks(int first, int stride, int count) {
        return IntStream.range(0, count).map(i -> first + i * stride).toArray();
    }

    private static int[] ids(int stream, int tokens, int vocabulary) {
        int[] ids = new int[tokens];
        Arrays.setAll(ids, i -> Math.floorMod(CounterRandom.bits(7, stream, 0, i), vocabulary));
        return ids;
    }

    /** What a step takes of a row. */
    record Part(Row row, int from, int to) {

        int tokens() {
            return to - from;
        }
    }
}
