package dev.transom.conformance.backend;

import dev.transom.api.backend.Backend;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A function of one input at zeros, tiny and huge numbers, each element judged by itself: nothing overflows on the way. */
final class ExtremeCheck {

    private static final double[] POINTS = {0, -0.0, 1e-30, -1e-30, 1e-7, -1e-7, 1e-3, -1e-3, 0.3, -0.3, 3, -3, 5, -5,
        9, -9, 12, -12,
        20, -20, 40, -40, 80, -80, 88, -88, 104, -104, 1000, -1000, 1e18, -1e18};
    private static final double RELATIVE = 64 * 0x1p-24;
    /** float32 numbers below 2⁻¹²⁶ lose digits; what is small beside one may be wrong by as little. */
    private static final double ABSOLUTE = 0x1p-24;

    private ExtremeCheck() {
    }

    static void check(Backend backend, Operations operations, String function, List<String> broken) {
        GraphBuilder g = new GraphBuilder(operations);
        g.output("y", g.unary(function, g.input("x", Type.f32(Dim.bounded("n", POINTS.length)))));
        Graph graph = g.build();
        Map<String, HostTensor> given = Map.of("x", HostTensor.ofReals(POINTS, POINTS.length).rounded());
        double[] want = new ReferenceRun(graph, operations, Precision.FLOAT64).run(given, Map.of()).get("y").reals();
        double[] got;
        try (LoadedGraph loaded = new LoadedGraph(backend, graph, new HeldParameters(Format.F32), Format.F32, 1)) {
            got = loaded.run(given).get("y").reals();
        }
        for (int i = 0; i < POINTS.length; i++) {
            double allowed = RELATIVE * Math.abs(want[i]) + ABSOLUTE;
            if ((float) want[i] != (float) got[i] && !(Math.abs(want[i] - got[i]) <= allowed)) {
                broken.add(String.format(Locale.ROOT, "%s of %.9g must be %.9g within %.1e; got %.9g.",
                    function, POINTS[i], want[i], allowed, got[i]));
            }
        }
    }
}
