package dev.transom.graph.internal.ops;

import dev.transom.graph.ReferenceArguments;

/** The sizes of heads that attention works with. Query head h reads kv head h / group. */
record Heads(int heads, int kvHeads, int dim, int valueDim) {

    int group() {
        return heads / kvHeads;
    }

    /** Of a run of attention or its gradient: q, k and v are inputs 0, 1 and 2. */
    static Heads of(ReferenceArguments run) {
        return new Heads(run.shape(0)[1], run.shape(1)[1], run.shape(0)[2], run.shape(2)[2]);
    }
}
