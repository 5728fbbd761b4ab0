package dev.transom.graph;

/** The arithmetic of a reference run. */
public enum Precision {
    /** Every value is rounded to float32 when its node is done; within a node, sums are kept in float64. */
    FLOAT32,
    /** Nothing is rounded: the oracle. */
    FLOAT64
}
