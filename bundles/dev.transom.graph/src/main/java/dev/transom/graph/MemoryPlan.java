package dev.transom.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Where every computed value lies in one block of memory, so that values which never live together share bytes. A value lives from
 * the node that makes it to the last that reads it; outputs live to the end. A reshape is an alias of what it reads;
 * {@code kv_append} gives its cache. Inputs, parameters, constants and caches lie outside.
 *
 * <p>Placement: largest first, each at the lowest offset that is free during its life (Pisarchyk and Lee 2020, "Efficient Memory
 * Management for Deep Neural Net Inference", greedy by size).
 *
 * @param bytes      size of the block
 * @param floorBytes the most that lives at one time, which no plan can undercut
 * @param places     the place of every tensor that lies in the block, aliases included
 */
public record MemoryPlan(long bytes, long floorBytes, Map<Value, Place> places) {

    /** Places begin at multiples of this: a cache line, and the widest vector. */
    public static final long ALIGNMENT = 64;

    public MemoryPlan {
        places = Collections.unmodifiableMap(new HashMap<>(places));
    }

    /**
     * Bytes {@code offset} to {@code offset + bytes}, from node {@code first} that writes them to node {@code last} that reads them
     * last, both inclusive; of an alias, the place and life of what it is an alias of.
     */
    public record Place(long offset, long bytes, int first, int last) {

        /** Whether both are alive at one node. */
        public boolean meets(Place other) {
            return first <= other.last && other.first <= last;
        }

        /** Whether both share a byte. */
        public boolean overlaps(Place other) {
            return offset < other.offset + other.bytes && other.offset < offset + bytes;
        }
    }

    /** The plan at the maxima of all dimensions. */
    public static MemoryPlan of(Graph graph) {
        return of(graph, Dim::max);
    }

    /** The plan at the sizes that {@code size} gives for each dimension. */
    public static MemoryPlan of(Graph graph, ToLongFunction<Dim> size) {
        Map<Value, Value> roots = roots(graph);
        Map<Value, Place> unplaced = lives(graph, roots, size);
        Map<Value, Place> placed = place(unplaced);
        long bytes = placed.values().stream().mapToLong(place -> place.offset() + place.bytes()).max().orElse(0);
        Map<Value, Place> places = new HashMap<>();
        roots.forEach((value, root) -> {
            if (placed.containsKey(root)) {
                places.put(value, placed.get(root));
            }
        });
        return new MemoryPlan(bytes, floor(graph, unplaced), places);
    }

    /** For every value the one whose bytes it is. */
    private static Map<Value, Value> roots(Graph graph) {
        Map<Value, Value> roots = new HashMap<>();
        for (Node node : graph.nodes()) {
            for (int i = 0; i < node.types().size(); i++) {
                boolean alias = node.operation().equals("reshape") || node.output(i).type() instanceof Type.CacheType && !node.isLeaf();
                roots.put(node.output(i), alias ? roots.get(node.inputs().getFirst()) : node.output(i));
            }
        }
        return roots;
    }

    private static Map<Value, Place> lives(Graph graph, Map<Value, Value> roots, ToLongFunction<Dim> size) {
        Map<Value, Place> lives = new HashMap<>();
        for (Node node : graph.nodes()) {
            for (Value input : node.inputs()) {
                lives.computeIfPresent(roots.get(input), (_, life) -> until(life, node.id()));
            }
            for (int i = 0; i < node.types().size() && !node.isLeaf(); i++) {
                Value made = node.output(i);
                if (roots.get(made).equals(made) && made.type() instanceof Type.TensorType type) {
                    lives.put(made, new Place(0, aligned(type, size), node.id(), node.id()));
                }
            }
        }
        for (Value output : graph.outputs().values()) {
            lives.computeIfPresent(roots.get(output), (_, life) -> until(life, graph.nodes().size()));
        }
        return lives;
    }

    private static Place until(Place life, int node) {
        return new Place(life.offset(), life.bytes(), life.first(), Math.max(life.last(), node));
    }

    private static long aligned(Type.TensorType type, ToLongFunction<Dim> size) {
        long bytes = type.element().bytes();
        for (Dim dim : type.shape().dims()) {
            bytes = Math.multiplyExact(bytes, size.applyAsLong(dim));
        }
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static Map<Value, Place> place(Map<Value, Place> unplaced) {
        List<Map.Entry<Value, Place>> bySize = new ArrayList<>(unplaced.entrySet());
        // Node and output break ties, so that equal graphs have equal plans.
        bySize.sort(Comparator.comparingLong((Map.Entry<Value, Place> entry) -> -entry.getValue().bytes())
            .thenComparingInt(entry -> entry.getKey().node()).thenComparingInt(entry -> entry.getKey().output()));
        List<Place> byOffset = new ArrayList<>();
        Map<Value, Place> placed = new HashMap<>();
        for (Map.Entry<Value, Place> entry : bySize) {
            Place place = lowest(entry.getValue(), byOffset);
            placed.put(entry.getKey(), place);
            int at = Collections.binarySearch(byOffset, place, Comparator.comparingLong(Place::offset));
            byOffset.add(at < 0 ? -at - 1 : at, place);
        }
        return placed;
    }

    /** The lowest gap that is wide enough among places, in order of offset, that are alive at the same time. */
    private static Place lowest(Place life, List<Place> byOffset) {
        long offset = 0;
        for (Place other : byOffset) {
            if (other.meets(life)) {
                if (other.offset() - offset >= life.bytes()) {
                    break;
                }
                offset = Math.max(offset, other.offset() + other.bytes());
            }
        }
        return new Place(offset, life.bytes(), life.first(), life.last());
    }

    private static long floor(Graph graph, Map<Value, Place> lives) {
        long[] change = new long[graph.nodes().size() + 2];
        for (Place life : lives.values()) {
            change[life.first()] += life.bytes();
            change[life.last() + 1] -= life.bytes();
        }
        long alive = 0;
        long most = 0;
        for (long each : change) {
            alive += each;
            most = Math.max(most, alive);
        }
        return most;
    }
}
