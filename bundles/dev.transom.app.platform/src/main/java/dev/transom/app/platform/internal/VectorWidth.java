package dev.transom.app.platform.internal;

import jdk.incubator.vector.FloatVector;

/** Loaded only where the Vector API is on. */
final class VectorWidth {

    private VectorWidth() {}

    static int bits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
