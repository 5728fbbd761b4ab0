package dev.transom.graph.internal.ops;

import dev.transom.graph.Operation;
import java.util.List;

/** The announcement of elementwise functions, products, shapes, rows and sums. */
final class ElementwiseAndShapeOperations {

    private ElementwiseAndShapeOperations() {
    }

    static List<Operation> all() {
        return List.of(
            new Add(), new Sub(), new Mul(), new Div(), new Affine(),
            new Exp(), new Log(), new Sqrt(), new Rsqrt(), new Square(), new Tanh(), new Sigmoid(), new Softplus(),
            new Relu(), new Relu.Backward(), new Gelu(), new Gelu.Backward(), new GeluTanh(), new GeluTanh.Backward(),
            new QuickGelu(), new QuickGelu.Backward(), new Silu(), new Silu.Backward(),
            new Clamp(), new Clamp.Backward(),
            new MatMul(),
            new Reshape(), new Transpose(), new Slice(), new Pad(), new Concat(), new ConcatBackward(),
            new Gather(), new ScatterAdd(),
            new SumTo(), new BroadcastTo(), new SumLast(), new SumAll(), new MeanAll(), new MeanAllBackward());
    }
}
