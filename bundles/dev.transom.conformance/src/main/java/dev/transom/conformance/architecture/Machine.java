package dev.transom.conformance.architecture;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import java.util.HashMap;
import java.util.Map;

/** Runs the subject's graphs: the operations' own loops in float64, or a backend. */
sealed interface Machine {

    /** How far two ways to the same result may be apart, of its largest element. */
    double tolerance();

    /** A graph with caches of a number of blocks. */
    Session open(Graph graph, int blocks);

    /** One run without caches. */
    default Map<String, HostTensor> run(Graph graph, Map<String, HostTensor> inputs) {
        try (Session session = open(graph, 0)) {
            return session.run(inputs);
        }
    }

    /** A graph that is run again and again over the same caches. */
    interface Session extends AutoCloseable {

        Map<String, HostTensor> run(Map<String, HostTensor> inputs);

        /** Copies a block in all layers. */
        void copy(int from, int to);

        @Override
        void close();
    }

    /** The meaning of the graph. */
    record Oracle(Subject subject) implements Machine {

        @Override
        public double tolerance() {
            return 1e-9;
        }

        @Override
        public Session open(Graph graph, int blocks) {
            Map<String, ReferenceCache> caches = new HashMap<>();
            for (Node node : graph.caches()) {
                Type.CacheType type = (Type.CacheType) node.output().type();
                int slots = blocks * type.blockSize() * type.kvHeads();
                caches.put(node.name(), new ReferenceCache(type, new double[slots * type.keyDim()],
                    new double[slots * type.valueDim()]));
            }
            return new OracleSession(new ReferenceRun(graph, subject.operations(), Precision.FLOAT64),
                subject.parameters().rounded(), caches);
        }
    }

    /** A backend under exact numerics, in float32. */
    record On(Backend backend, Subject subject, int threads) implements Machine {

        /** That of the reference cases. */
        @Override
        public double tolerance() {
            return 1e-4;
        }

        @Override
        public Session open(Graph graph, int blocks) {
            LoadedGraph loaded = new LoadedGraph(backend, graph, subject.parameters(), Format.F32, threads);
            Caches caches = graph.caches().isEmpty() ? null : loaded.caches(blocks);
            return new LoadedSession(loaded, caches, loaded.workspace(caches));
        }
    }

    /** A session of the oracle. */
    record OracleSession(ReferenceRun graph, Map<String, HostTensor> parameters, Map<String, ReferenceCache> caches)
            implements Session {

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
            return graph.run(inputs, parameters, caches);
        }

        @Override
        public void copy(int from, int to) {
            caches.values().forEach(cache -> {
                int slots = cache.type().blockSize() * cache.type().kvHeads();
                copy(cache.keys(), from, to, slots * cache.type().keyDim());
                copy(cache.values(), from, to, slots * cache.type().valueDim());
            });
        }

        private static void copy(double[] blocks, int from, int to, int size) {
            System.arraycopy(blocks, from * size, blocks, to * size, size);
        }

        @Override
        public void close() {
            // Arrays are all it has.
        }
    }

    /** A session of a backend. */
    record LoadedSession(LoadedGraph graph, Caches caches, Workspace workspace) implements Session {

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
            return graph.run(workspace, inputs);
        }

        @Override
        public void copy(int from, int to) {
            caches.copy(from, to);
        }

        @Override
        public void close() {
            workspace.close();
            if (caches != null) {
                caches.close();
            }
            graph.close();
        }
    }
}
