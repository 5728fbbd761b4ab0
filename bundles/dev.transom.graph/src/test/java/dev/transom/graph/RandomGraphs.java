package dev.transom.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs of random operations over {@code [tokens, n]}, with gradients, aliases, several outputs and a cache. */
final class RandomGraphs {

    private static final Dim TOKENS = Dim.bounded("tokens", 9);

    private RandomGraphs() {
    }

    static Graph graph(long seed) {
        Random random = new Random(seed);
        GraphBuilder g = new GraphBuilder(Operations.core());
        List<Value> values = new ArrayList<>();
        values.add(g.input("x", Type.f32(TOKENS, Dim.of(6))));
        Value parameter = g.parameter("w", Type.f32(Dim.of(6), Dim.of(6)));
        int nodes = 5 + random.nextInt(60);
        for (int i = 0; i < nodes; i++) {
            try (GraphBuilder.Scope _ = g.scope("layers." + i)) {
                values.add(next(g, random, values.get(random.nextInt(values.size())), values, parameter));
            }
        }
        g.output("last", values.getLast());
        g.output("middle", values.get(values.size() / 2));
        if (random.nextBoolean()) {
            Value loss = g.meanAll(g.unary("square", values.getLast()));
            List<Value> gradients = Autodiff.gradients(g, loss, List.of(parameter));
            if (gradients.getFirst() != null) {
                g.output("dw", gradients.getFirst());
            }
        }
        return g.build();
    }

    private static Value next(GraphBuilder g, Random random, Value x, List<Value> values, Value w) {
        int heads = 1 + random.nextInt(3);
        return switch (random.nextInt(7)) {
            case 0 -> g.gelu(x);
            case 1 -> g.linear(x, w);
            case 2 -> g.joinHeads(g.affine(g.splitHeads(x, heads), 0.5, 0.1));
            case 3 -> g.concat(-1, g.slice(x, -1, 3, 6), g.slice(x, -1, 0, 3));
            case 4 -> g.add(x, values.get(random.nextInt(values.size())));
            case 5 -> g.mul(x, g.constant(Shape.of(6), 1, 2, 3, 4, 5, random.nextDouble()));
            default -> g.add(x, g.sumLast(x));
        };
    }
}
