package dev.transom.graph.internal.ops;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every numbered rule of the model operations, broken once; the whole sentence is compared. */
class ModelOperationRulesTest {

    private static final Attributes EPS = Attributes.of("eps", 0.1);
    private static final Attributes MASK = AttentionMask.causal(1).attributes();
    private static final Type.CacheType CACHE = new Type.CacheType("self", 2, 4, 5, 8);

    private final List<DynamicTest> tests = new ArrayList<>();

    @TestFactory
    List<DynamicTest> eachRuleRefusesByItsSentence() {
        softmaxAndNorms();
        dropoutAndPositions();
        attention();
        caches();
        segments();
        losses();
        return tests;
    }

    private void softmaxAndNorms() {
        for (String operation : List.of("softmax", "log_softmax")) {
            refuses(operation, "R1", Attributes.NONE, "x must be F32; got I32[3].", ints(3));
            refuses(operation, "R1", Attributes.NONE, "x must have a last axis; got F32[].", reals());
        }
        refuses("layer_norm", "R1", EPS, "b must be F32; got I32[3].", reals(2, 3), reals(3), ints(3));
        refuses("layer_norm", "R2", EPS, "w must have 1 dimensions; got F32[1, 3].", reals(2, 3), reals(1, 3), reals(3));
        refuses("layer_norm", "R2", EPS, "b must be [last axis of x]; got x F32[2, 3], b F32[4].", reals(2, 3),
            reals(3), reals(4));
        refuses("rms_norm", "R1", EPS, "x must be F32; got I32[3].", ints(3), reals(3));
        for (String operation : List.of("layer_norm_backward", "rms_norm_backward")) {
            refuses(operation, "R1", EPS, "dy must be F32; got I32[2, 3].", reals(2, 3), reals(3), ints(2, 3));
            refuses(operation, "R2", EPS, "w must be [last axis of x]; got x F32[2, 3], w F32[2].", reals(2, 3),
                reals(2), reals(2, 3));
            refuses(operation, "R3", EPS, "dy must have the shape of x; got x F32[2, 3], dy F32[3].", reals(2, 3),
                reals(3), reals(3));
        }
        refuses("l2_normalize", "R1", EPS, "x must have a last axis; got F32[].", reals());
        refuses("l2_normalize_backward", "R1", EPS, "dy must be F32; got I32[3].", reals(3), ints(3));
        refuses("l2_normalize_backward", "R2", EPS, "dy must have the shape of x; got x F32[3], dy F32[4].", reals(3),
            reals(4));
    }

    private void dropoutAndPositions() {
        refuses("dropout", "R1", dropout(0.5, 1), "x must be F32; got I32[3].", ints(3), ints(2));
        refuses("dropout", "R2", dropout(0.5, 1), "seed must be [2], (seed, step); got I32[3].", reals(3), ints(3));
        refuses("dropout", "R3", dropout(-0.1, 1), "p must be at least 0 and below 1; got -0.1.", reals(3), ints(2));
        refuses("dropout", "R4", dropout(0.5, 1L << 32), "id must fit 32 bits; got 4294967296.", reals(3), ints(2));
        refuses("sinusoid", "R1", sinusoid(6, "halves"), "positions must have 1 dimensions; got I32[2, 3].", ints(2, 3));
        refuses("sinusoid", "R2", sinusoid(5, "halves"), "dim must be even and positive; got 5.", ints(3));
        refuses("sinusoid", "R3", sinusoid(6, "thirds"), "layout must be interleaved or halves; got thirds.", ints(3));
        Attributes scale = Attributes.of("scale", 1.0);
        refuses("rope_table", "R1", scale, "frequencies must be F32; got I32[1, 4].", ints(3), ints(1, 4), ints(2));
        refuses("rope_table", "R2", scale, "frequencies must be [rows, half] for offsets [rows + 1];"
            + " got frequencies F32[2, 4], offsets I32[2].", ints(3), reals(2, 4), ints(2));
        refuses("rope", "R1", rope("halves"), "table must be F32; got I32[3, 2, 4].", reals(3, 2, 8), ints(3, 2, 4));
        refuses("rope", "R2", rope("halves"),
            "table must be [tokens of x, 2, half]; got x F32[3, 2, 8], table F32[4, 2, 4].",
            reals(3, 2, 8), reals(4, 2, 4));
        refuses("rope", "R3", rope("halves"), "twice half of the table must not exceed the last axis of x;"
            + " got x F32[3, 2, 8], table F32[3, 2, 5].", reals(3, 2, 8), reals(3, 2, 5));
        refuses("rope", "R4", rope("thirds"), "layout must be interleaved or halves; got thirds.", reals(3, 2, 8),
            reals(3, 2, 4));
    }

    private void attention() {
        Type q = reals(7, 4, 3);
        Type k = reals(9, 2, 3);
        Type v = reals(9, 2, 5);
        refuses("attention", "R1", MASK, "offsets must be I32; got F32[2].", q, k, v, reals(2), ints(2), reals(4));
        refuses("attention", "R2", MASK, "k must have 3 dimensions; got F32[9, 6].", q, reals(9, 6), v, ints(2),
            ints(2), reals(4));
        refuses("attention", "R3", MASK, "k must have the last axis of q; got q F32[7, 4, 3], k F32[9, 2, 4].",
            q, reals(9, 2, 4), v, ints(2), ints(2), reals(4));
        refuses("attention", "R4", MASK, "v must have the keys and heads of k; got k F32[9, 2, 3], v F32[8, 2, 5].",
            q, k, reals(8, 2, 5), ints(2), ints(2), reals(4));
        refuses("attention", "R6", MASK, "offsets and keyOffsets must have one size; got offsets I32[2], keyOffsets I32[3].",
            q, k, v, ints(2), ints(3), reals(4));
        refuses("attention", "R7", MASK, "slopes must be [heads of q]; got q F32[7, 4, 3], slopes F32[2].",
            q, k, v, ints(2), ints(2), reals(2));
        refuses("attention_backward", "R8", MASK,
            "dy must have the shape of the output; got the output F32[7, 4, 5], dy F32[7, 4, 3].",
            q, k, v, ints(2), ints(2), reals(4), reals(7, 4, 3));
    }

    private void caches() {
        refuses("kv_append", "R1", Attributes.NONE, "cache must be a cache; got F32[3].", reals(3), reals(3, 2, 4),
            reals(3, 2, 5), ints(3));
        refuses("kv_append", "R2", Attributes.NONE,
            "k must be [tokens of slots, kvHeads, keyDim] of the cache; got k F32[3, 2, 5], slots"
            + " I32[3], cache Cache[self, 2×(4+5), block 8].", CACHE, reals(3, 2, 5), reals(3, 2, 5), ints(3));
        refuses("kv_append", "R3", Attributes.NONE,
            "v must be [tokens of slots, kvHeads, valueDim] of the cache; got v F32[2, 2, 5],"
            + " slots I32[3], cache Cache[self, 2×(4+5), block 8].", CACHE, reals(3, 2, 4), reals(2, 2, 5), ints(3));
        Type q = reals(7, 4, 4);
        refuses("paged_attention", "R1", MASK, "cache must be a cache; got F32[7, 4, 4].", q, q, ints(2, 6), ints(2),
            ints(3), reals(4));
        refuses("paged_attention", "R2", MASK, "q must be [tokens, heads, keyDim of the cache]; got q F32[7, 4, 3],"
            + " cache Cache[self, 2×(4+5), block 8].", reals(7, 4, 3), CACHE, ints(2, 6), ints(2), ints(3), reals(4));
        refuses("paged_attention", "R3", MASK, "heads of q must be a multiple of the kv heads; got 3 and 2.",
            reals(7, 3, 4), CACHE, ints(2, 6), ints(2), ints(3), reals(3));
        refuses("paged_attention", "R4", MASK,
            "blockTables [rows, blocks], lengths [rows] and offsets [rows + 1] must have the same rows;"
            + " got blockTables I32[2, 6], lengths I32[3], offsets I32[3].", q, CACHE, ints(2, 6), ints(3), ints(3),
            reals(4));
        refuses("paged_attention", "R5", MASK, "slopes must be [heads of q]; got q F32[7, 4, 4], slopes F32[5].",
            q, CACHE, ints(2, 6), ints(2), ints(3), reals(5));
    }

    private void segments() {
        for (String operation : List.of("segment_mean", "segment_sum")) {
            refuses(operation, "R1", Attributes.NONE, "x must have 2 dimensions; got F32[7].", reals(7), ints(3));
            refuses(operation, "R2", Attributes.NONE, "offsets must be [rows + 1]; got I32[0].", reals(7, 2), ints(0));
        }
        for (String operation : List.of("segment_spread", "segment_mean_backward")) {
            refuses(operation, "R1", Attributes.NONE, "x must have 2 dimensions; got F32[2].", reals(2), ints(3),
                reals(7, 2));
            refuses(operation, "R2", Attributes.NONE,
                "x must be [rows, dim] for offsets [rows + 1]; got x F32[3, 2], offsets I32[3].",
                reals(3, 2), ints(3), reals(7, 2));
            refuses(operation, "R3", Attributes.NONE, "like must be a tensor with a first axis; got F32[].",
                reals(2, 2), ints(3), reals());
        }
    }

    private void losses() {
        refuses("cross_entropy", "R1", Attributes.NONE, "logits must have 2 dimensions; got F32[3].", reals(3), ints(3));
        refuses("cross_entropy_backward", "R1", Attributes.NONE, "logits must be F32; got I32[3, 2].", ints(3, 2),
            ints(3), reals());
        refuses("cross_entropy_backward", "R2", Attributes.NONE, "labels must be [first axis of logits];"
            + " got logits F32[3, 2], labels I32[2].", reals(3, 2), ints(2), reals());
        refuses("cross_entropy_backward", "R3", Attributes.NONE, "dy must have 0 dimensions; got F32[1].",
            reals(3, 2), ints(3), reals(1));
        refuses("linear_cross_entropy", "R1", Attributes.NONE, "labels must be I32; got F32[3].", reals(3, 4),
            reals(9, 4), reals(3));
        refuses("linear_cross_entropy", "R2", Attributes.NONE,
            "w must be [classes, last axis of x]; got x F32[3, 4], w F32[9, 5].",
            reals(3, 4), reals(9, 5), ints(3));
        refuses("linear_cross_entropy", "R3", Attributes.NONE,
            "labels must be [first axis of x]; got x F32[3, 4], labels I32[2].",
            reals(3, 4), reals(9, 4), ints(2));
        refuses("linear_cross_entropy_backward", "R4", Attributes.NONE, "dy must have 0 dimensions; got F32[3].",
            reals(3, 4), reals(9, 4), ints(3), reals(3));
    }

    private void refuses(String operation, String rule, Attributes attributes, String sentence, Type... inputs) {
        tests.add(dynamicTest(operation + " " + rule + ": " + sentence,
            () -> Evaluation.refuses(operation + ": " + sentence, operation, attributes, inputs)));
    }

    private static Attributes dropout(double p, long id) {
        return Attributes.of("p", p, "id", id);
    }

    private static Attributes sinusoid(int dim, String layout) {
        return Attributes.of("dim", dim, "layout", layout);
    }

    private static Attributes rope(String layout) {
        return Attributes.of("layout", layout, "inverse", false);
    }

    private static Type reals(long... sizes) {
        return Type.f32(Shape.of(sizes));
    }

    private static Type ints(long... sizes) {
        return Type.i32(Shape.of(sizes));
    }
}
