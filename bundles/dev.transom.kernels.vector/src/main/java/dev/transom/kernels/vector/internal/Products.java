package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import dev.transom.graph.Shape;
import java.util.Map;
import java.util.Optional;

/** Chooses the kernel of a product. */
final class Products {

    private Products() {
    }

    /** @param paces one for each storage */
    static Optional<Kernel> matmul(KernelRequest request, Map<Storage, Pace> paces) {
        Shape x = request.node().inputs().get(0).shape();
        Shape w = request.node().inputs().get(1).shape();
        Attributes attributes = request.node().attributes();
        Optional<BlockStorage> blocks = BlockStorage.of(request.formats().get(1));
        if (blocks.isPresent()) {
            return blocks(blocks.get(), request);
        }
        Optional<Storage> storage = Storage.of(request.formats().get(1));
        if (storage.isEmpty() || !request.formats().get(0).equals(Format.F32)) {
            return Optional.empty();
        }
        boolean outer = attributes.flag("transpose_a");
        if (!fixed(outer ? x.sub(x.rank() - 1, x.rank()) : w) || !fixed(w.sub(w.rank() - 1, w.rank()))) {
            return Optional.empty();
        }
        long tokens = x.sub(0, x.rank() - 1).maxElements();
        int last = Math.toIntExact(w.last().max());
        if (outer) {
            return storage.get() == Storage.F32
                ? Optional.of(new WeightGradientKernel(Math.toIntExact(x.last().max()), last)) : Optional.empty();
        }
        int first = Math.toIntExact(w.dim(0).max());
        return Optional.of(attributes.flag("transpose_b")
            ? new LinearKernel(storage.get(), first, last, tokens, paces.get(storage.get()))
            : new MatMulKernel(storage.get(), first, last, tokens));
    }

    /** Weights in blocks, whose rows are whole blocks. */
    private static Optional<Kernel> blocks(BlockStorage storage, KernelRequest request) {
        Shape x = request.node().inputs().get(0).shape();
        Shape w = request.node().inputs().get(1).shape();
        Attributes attributes = request.node().attributes();
        if (!request.formats().get(0).equals(Format.F32) || attributes.flag("transpose_a") || w.rank() != 2 || !fixed(w)
            || w.last().max() % storage.elements() != 0 || w.last().max() == 0) {
            return Optional.empty();
        }
        long tokens = x.sub(0, x.rank() - 1).maxElements();
        int first = Math.toIntExact(w.dim(0).max());
        int last = Math.toIntExact(w.last().max());
        return Optional.of(attributes.flag("transpose_b") ? new BlockLinear(storage, first, last, tokens)
            : new BlockMatMul(storage, first, last, tokens));
    }

    private static boolean fixed(Shape shape) {
        return shape.dims().stream().allMatch(dev.transom.graph.Dim.Fixed.class::isInstance);
    }
}
