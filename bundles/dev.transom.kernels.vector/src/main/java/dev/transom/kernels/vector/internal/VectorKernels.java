package dev.transom.kernels.vector.internal;

import dev.transom.api.capability.ProvidesKernels;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Shape;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Kernels on the Vector API for weights in F32, F16, BF16 and the usual formats of blocks. */
@ProvidesKernels(name = "vector")
@Component
public final class VectorKernels implements KernelProvider {

    /** The first token of a small model takes less. */
    private static final long PATIENCE_NANOS = 50_000_000;

    private final Map<Storage, Pace> paces;
    private final Pace functions;
    private final Pace norms;
    private final Pace attention;

    @Activate
    public VectorKernels() {
        this(false);
    }

    /** @param warm whether vectors are used from the start, as if the process were an old one */
    VectorKernels(boolean warm) {
        paces = Map.of(Storage.F32, new Pace(warm, 0), Storage.F16, new Pace(warm, 0), Storage.BF16, new Pace(warm, 0));
        functions = new Pace(warm, PATIENCE_NANOS);
        norms = new Pace(warm, PATIENCE_NANOS);
        attention = new Pace(warm, PATIENCE_NANOS);
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public Optional<Kernel> kernel(KernelRequest request) {
        return switch (request.node().operation()) {
            case "matmul" -> Products.matmul(request, paces);
            case "expert_matmul" -> ExpertKernel.of(request);
            case "attention" -> Attentions.attention(request, attention);
            case "paged_attention" -> Attentions.paged(request, attention);
            case "attention_backward" -> AttentionGradient.of(request);
            case "kv_append" -> Attentions.append(request);
            case "rms_norm_backward", "layer_norm_backward" -> normGradient(request);
            case "cross_entropy", "cross_entropy_backward" -> CrossEntropyKernel.of(request);
            case "linear_cross_entropy", "linear_cross_entropy_backward" -> LinearLoss.of(request);
            case "dropout" -> DropoutKernel.of(request);
            default -> RowKernels.of(request, norms).or(() -> Elementwise.of(request, functions)).or(() -> Moves.of(request))
                .or(() -> Sums.of(request)).or(() -> Positions.of(request));
        };
    }

    private static Optional<Kernel> normGradient(KernelRequest request) {
        Shape x = request.node().inputs().getFirst().shape();
        return request.formats().stream().allMatch(Format.F32::equals)
            ? Optional.of(new NormGradient(request.node().operation().startsWith("layer"),
                (float) request.node().attributes().real("eps"), x.sub(0, x.rank() - 1).maxElements()))
            : Optional.empty();
    }
}
