package dev.transom.kernels.x86.internal;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Shape;
import java.util.Optional;

/** Chooses the kernel of a product. */
final class Products {

    private Products() {
    }

    static Optional<Kernel> matmul(KernelRequest request) {
        Shape x = request.node().inputs().get(0).shape();
        Shape w = request.node().inputs().get(1).shape();
        Attributes attributes = request.node().attributes();
        Format stored = request.formats().get(1);
        boolean outer = attributes.flag("transpose_a");
        if (!request.formats().get(0).equals(Format.F32) || !fixed(outer ? x.sub(x.rank() - 1, x.rank()) : w)
            || !fixed(w.sub(w.rank() - 1, w.rank()))) {
            return Optional.empty();
        }
        long tokens = x.sub(0, x.rank() - 1).maxElements();
        int last = Math.toIntExact(w.last().max());
        if (outer) {
            return stored.equals(Format.F32)
                ? Optional.of(new OuterProduct(Math.toIntExact(x.last().max()), last, tokens)) : Optional.empty();
        }
        int first = Math.toIntExact(w.dim(0).max());
        boolean byRows = attributes.flag("transpose_b");
        boolean fast = request.numerics() == Numerics.FAST;
        return Storage.of(stored).<Kernel>map(storage -> byRows
                ? new ByRows(storage, last, first, tokens, fast) : new ByColumns(storage, first, last, tokens))
            .or(() -> BlockFormat.of(stored).filter(format -> last % format.elements() == 0).map(format -> byRows
                ? new BlocksByRows(format, last, first, tokens, fast)
                : new BlocksByColumns(format, first, last, tokens)));
    }

    private static boolean fixed(Shape shape) {
        return shape.dims().stream().allMatch(Dim.Fixed.class::isInstance);
    }
}
