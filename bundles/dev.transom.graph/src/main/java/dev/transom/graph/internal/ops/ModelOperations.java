package dev.transom.graph.internal.ops;

import dev.transom.graph.Operation;
import java.util.List;

/** The announcement of norms, softmax, positions, attention, caches, experts, pooling, losses and dropout. */
final class ModelOperations {

    private ModelOperations() {
    }

    static List<Operation> all() {
        return List.of(
            new Softmax(), new LogSoftmax(),
            new LayerNorm(), new LayerNormBackward(), new RmsNorm(), new RmsNormBackward(),
            new L2Normalize(), new L2NormalizeBackward(), new Dropout(),
            new Sinusoid(), new RopeTable(), new Rope(),
            new Attention(), new AttentionBackward(), new KvAppend(), new PagedAttention(),
            new TopK(), new TopK.Backward(), new ExpertMatMul(), new ExpertMatMul.Backward(),
            new SegmentMean(), new SegmentMeanBackward(), new SegmentSum(), new SegmentSpread(),
            new CrossEntropy(), new CrossEntropyBackward(), new LinearCrossEntropy(), new LinearCrossEntropyBackward());
    }
}
