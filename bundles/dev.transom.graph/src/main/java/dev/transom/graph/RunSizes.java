package dev.transom.graph;

import java.util.HashMap;
import java.util.Map;

/** The sizes that bounded dimensions have in one run: equal names mean equal sizes. */
final class RunSizes {

    private final Map<String, Long> sizes = new HashMap<>();

    /** Fails unless {@code actual}, all dimensions fixed, is {@code declared} at some size allowed. */
    void check(String where, Type declared, Type actual) {
        if (declared instanceof Type.TensorType said && actual instanceof Type.TensorType is) {
            boolean fits = said.element() == is.element() && said.shape().rank() == is.shape().rank();
            for (int i = 0; fits && i < said.shape().rank(); i++) {
                fits = is.shape().dim(i).max() <= said.shape().dim(i).max()
                    && (said.shape().dim(i) instanceof Dim.Bounded || said.shape().dim(i).equals(is.shape().dim(i)));
            }
            Rules.require(fits, where + ": a tensor must fit its declared type " + declared, actual);
            for (int i = 0; i < said.shape().rank(); i++) {
                if (said.shape().dim(i) instanceof Dim.Bounded(String name, long _)) {
                    bind(where, name, is.shape().dim(i).max());
                }
            }
        } else {
            Rules.require(declared.equals(actual), where + ": it must be its declared type " + declared, actual);
        }
    }

    private void bind(String where, String name, long size) {
        Long known = sizes.putIfAbsent(name, size);
        Rules.require(known == null || known == size, where + ": dimension " + name + " must have one size in one run",
            known + " and " + size);
    }
}
