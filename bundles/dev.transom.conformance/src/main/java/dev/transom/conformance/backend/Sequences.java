package dev.transom.conformance.backend;

import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Workspace;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The inputs that a decoder takes for some rows, and the logits that come out for each. */
final class Sequences {

    /**
     * Tokens {@code from} (inclusive) to {@code to} (exclusive) of a row; earlier ones are cached in the row's blocks.
     *
     * @param ids    the whole row
     * @param blocks blocks of the cache, in the order of positions
     */
    record Part(int[] ids, int from, int to, int... blocks) {

        static Part whole(int... ids) {
            return new Part(ids, 0, ids.length);
        }

        int tokens() {
            return to - from;
        }
    }

    private Sequences() {
    }

    /** Random ids. */
    static int[] ids(int seed, int count) {
        return IntStream.range(0, count).map(i ->
            (int) (DecoderGraph.VOCABULARY * CounterRandom.uniform(seed, 9, 0, i))).toArray();
    }

    /** One step; gives the logits of each part. */
    static List<HostTensor> step(LoadedGraph graph, Caches caches, Part... parts) {
        try (Workspace workspace = graph.workspace(caches)) {
            return step(graph, workspace, parts);
        }
    }

    /** One step in a workspace that may have run before. */
    static List<HostTensor> step(LoadedGraph graph, Workspace workspace, Part... parts) {
        return split(graph.run(workspace, inputs(parts)).get("logits"), parts);
    }

    static List<HostTensor> split(HostTensor logits, Part... parts) {
        List<HostTensor> split = new ArrayList<>();
        int at = 0;
        for (Part part : parts) {
            int end = at + part.tokens();
            split.add(HostTensor.ofReals(Arrays.copyOfRange(logits.reals(), at * DecoderGraph.VOCABULARY,
                end * DecoderGraph.VOCABULARY),
                part.tokens(), DecoderGraph.VOCABULARY));
            at = end;
        }
        return split;
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of logits. */
    static HostTensor rows(HostTensor logits, int from, int to) {
        return HostTensor.ofReals(Arrays.copyOfRange(logits.reals(), from * DecoderGraph.VOCABULARY,
            to * DecoderGraph.VOCABULARY),
            to - from, DecoderGraph.VOCABULARY);
    }

    /** Inputs of a decoder, with and without a cache. */
    static Map<String, HostTensor> inputs(Part... parts) {
        int[] ids = new int[0];
        int[] positions = new int[0];
        int[] slots = new int[0];
        int[] offsets = new int[parts.length + 1];
        int[] tables = new int[parts.length * DecoderGraph.TABLE];
        for (int r = 0; r < parts.length; r++) {
            Part part = parts[r];
            ids = join(ids, Arrays.copyOfRange(part.ids, part.from, part.to));
            positions = join(positions, IntStream.range(part.from, part.to).toArray());
            slots = join(slots, part.blocks.length == 0 ? new int[part.tokens()] : IntStream.range(part.from, part.to)
                .map(p -> part.blocks[p / DecoderGraph.BLOCK] * DecoderGraph.BLOCK + p % DecoderGraph.BLOCK).toArray());
            offsets[r + 1] = offsets[r] + part.tokens();
            System.arraycopy(part.blocks, 0, tables, r * DecoderGraph.TABLE, part.blocks.length);
        }
        Map<String, HostTensor> inputs = new HashMap<>();
        inputs.put("ids", HostTensor.ofInts(ids, ids.length));
        inputs.put("positions", HostTensor.ofInts(positions, ids.length));
        inputs.put("slots", HostTensor.ofInts(slots, ids.length));
        inputs.put("offsets", HostTensor.ofInts(offsets, offsets.length));
        inputs.put("block_tables", HostTensor.ofInts(tables, parts.length, DecoderGraph.TABLE));
        inputs.put("lengths", HostTensor.ofInts(Arrays.stream(parts).mapToInt(Part::to).toArray(), parts.length));
        inputs.put("frequencies", DecoderGraph.frequencies(parts.length));
        inputs.put("labels", HostTensor.ofInts(Arrays.stream(ids).map(id -> id % 5 == 0 ? -100
            : (id + 7) % DecoderGraph.VOCABULARY)
            .toArray(), ids.length));
        return inputs;
    }

    private static int[] join(int[] a, int[] b) {
        int[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
