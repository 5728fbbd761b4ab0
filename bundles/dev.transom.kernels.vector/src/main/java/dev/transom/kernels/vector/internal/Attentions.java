package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.util.Optional;

/** Chooses the kernels of attention and its cache. */
final class Attentions {

    private Attentions() {
    }

    static Optional<Kernel> attention(KernelRequest request, Pace pace) {
        Shape q = request.node().inputs().get(0).shape();
        Shape k = request.node().inputs().get(1).shape();
        Shape v = request.node().inputs().get(2).shape();
        if (!fixed(q) || !fixed(k) || !fixed(v) || !plain(request)) {
            return Optional.empty();
        }
        HeadLayout layout = new HeadLayout(AttentionMask.of(request.node().attributes()), size(q, 1), size(k, 1), size(q, 2), size(v, 2));
        return Optional.of(AttentionKernel.ofSegments(layout, pace));
    }

    static Optional<Kernel> paged(KernelRequest request, Pace pace) {
        Shape q = request.node().inputs().get(0).shape();
        if (!(request.node().inputs().get(1).type() instanceof Type.CacheType cache) || !fixed(q)
            || !plain(request)) {
            return Optional.empty();
        }
        HeadLayout layout = new HeadLayout(AttentionMask.of(request.node().attributes()), size(q, 1), cache.kvHeads(), cache.keyDim(),
            cache.valueDim());
        return Optional.of(AttentionKernel.ofCache(layout, cache.blockSize(), cache.name(), pace));
    }

    static Optional<Kernel> append(KernelRequest request) {
        Type.CacheType cache = (Type.CacheType) request.node().inputs().getFirst().type();
        return plain(request) ? Optional.of(new KvAppendKernel(cache.name())) : Optional.empty();
    }

    private static boolean plain(KernelRequest request) {
        return request.formats().stream().allMatch(format -> format.equals(Format.F32) || format.equals(Format.I32));
    }

    private static boolean fixed(Shape heads) {
        return heads.dim(1) instanceof Dim.Fixed && heads.dim(2) instanceof Dim.Fixed;
    }

    private static int size(Shape shape, int axis) {
        return Math.toIntExact(shape.dim(axis).max());
    }
}
