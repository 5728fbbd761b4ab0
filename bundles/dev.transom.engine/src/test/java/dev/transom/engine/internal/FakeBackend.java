package dev.transom.engine.internal;

import dev.transom.api.architecture.Inputs;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.DeviceLostException;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Graph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A backend whose logits are a hash of a row's ids as they lie in its paged cache: wrong slots, tables, lengths, copies or blocks of
 * someone else change them. It refuses inputs that do not fit together.
 */
final class FakeBackend implements Backend {

    /** The tests load with contexts of at least one block. */
    private static final int BLOCK = 32;

    final String name;
    final int blockBytes;
    /** Logits are NaN after a row whose last id it accepts. */
    IntPredicate poison = id -> false;
    /** The device is lost at this step. */
    int loseAt = Integer.MAX_VALUE;
    int prefix;
    /** Run on the caller's thread before and after each step. */
    Runnable before = () -> { };
    Runnable after = () -> { };
    /** Steps wait for it. */
    CountDownLatch gate = new CountDownLatch(0);
    volatile int steps;
    volatile int largestStep;
    volatile int mixedSteps;
    /** Tokens of all steps. */
    volatile long computed;
    final AtomicInteger loaded = new AtomicInteger();

    FakeBackend(String name, int blockBytes) {
        this.name = name;
        this.blockBytes = blockBytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int preference() {
        return name.length();
    }

    @Override
    public List<Device> devices() {
        return List.of();
    }

    @Override
    public List<String> unsupported(Graph graph) {
        return List.of();
    }

    @Override
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        return new Plan(graph, types, options, 0, 0, 0, 0, blockBytes);
    }

    @Override
    public Executable load(Plan plan, ParameterStore parameters) {
        loaded.incrementAndGet();
        return new FakeExecutable(plan);
    }

    private final class FakeExecutable implements Executable {

        private final Plan plan;

        FakeExecutable(Plan plan) {
            this.plan = plan;
        }

        @Override
        public Plan plan() {
            return plan;
        }

        @Override
        public Caches caches(int blocks) {
            return new FakeCaches(blocks, BLOCK);
        }

        @Override
        public Workspace workspace(Caches caches) {
            return new FakeWorkspace((FakeCaches) caches);
        }

        @Override
        public void close() {
            loaded.decrementAndGet();
        }
    }


    static final class FakeCaches implements Caches {

        final int blockSize;
        final int[] target;
        final int[] source;

        FakeCaches(int blocks, int blockSize) {
            this.blockSize = blockSize;
            target = new int[blocks * blockSize];
            source = new int[blocks * blockSize];
        }

        @Override
        public int blocks() {
            return target.length / blockSize;
        }

        @Override
        public void copy(int from, int to) {
            System.arraycopy(target, from * blockSize, target, to * blockSize, blockSize);
        }

        @Override
        public float[] exportBlock(int block) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void importBlock(int block, float[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            Arrays.fill(target, -1);
        }
    }

    private final class FakeWorkspace implements Workspace {

        private final FakeCaches caches;
        private final Map<String, int[]> inputs = new HashMap<>();
        private final Map<String, int[]> shapes = new HashMap<>();
        private double[] rope = new double[0];
        private float[] logits = new float[0];
        private int selected;

        FakeWorkspace(FakeCaches caches) {
            this.caches = caches;
        }

        @Override
        public void setInts(String input, int[] data, int... shape) {
            inputs.put(input, data);
            shapes.put(input, shape);
        }

        @Override
        public void setReals(String input, float[] data, int... shape) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReals(String input, double[] data, int... shape) {
            rope = data;
        }

        @Override
        public void run() {
            before.run();
            compute();
            after.run();
        }

        private void compute() {
            try {
                gate.await();
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            if (++steps >= loseAt) {
                throw new DeviceLostException("gone", null);
            }
            int rows = shapes.get(Inputs.LENGTHS)[0];
            boolean hasSource = inputs.containsKey(Inputs.SOURCE + Inputs.TOKENS);
            write("", caches.target, rows);
            if (hasSource) {
                write(Inputs.SOURCE, caches.source, rows);
            }
            selected = shapes.get(Inputs.SELECTED)[0];
            if (logits.length < selected * FakeModel.VOCABULARY) {
                logits = new float[selected * FakeModel.VOCABULARY];
            }
            int tokens = shapes.get(Inputs.TOKENS)[0];
            largestStep = Math.max(largestStep, tokens);
            computed += tokens;
            mixedSteps += rows > 1 && tokens > rows ? 1 : 0;
            for (int i = 0; i < selected; i++) {
                int token = inputs.get(Inputs.SELECTED)[i];
                int row = 0;
                while (inputs.get(Inputs.OFFSETS)[row + 1] <= token) {
                    row++;
                }
                long hash = read("", caches.target, row, inputs.get(Inputs.POSITIONS)[token] + 1);
                if (hasSource) {
                    hash = hash * 31 + read(Inputs.SOURCE, caches.source, row, inputs.get(Inputs.SOURCE + Inputs.LENGTHS)[row]);
                }
                hash = hash * 31 + Double.hashCode(rope[row * 2 + 1]);
                for (int id = 0; id < FakeModel.VOCABULARY; id++) {
                    boolean nan = poison.test(inputs.get(Inputs.TOKENS)[token]);
                    logits[i * FakeModel.VOCABULARY + id] = nan ? Float.NaN : CounterRandom.uniform(hash, 0, 0, id) * 4;
                }
            }
        }

        private void write(String prefix, int[] cache, int rows) {
            int[] offsets = inputs.get(prefix + Inputs.OFFSETS);
            int[] positions = inputs.get(prefix + Inputs.POSITIONS);
            int[] tables = inputs.get(prefix + Inputs.BLOCK_TABLES);
            int width = shapes.get(prefix + Inputs.BLOCK_TABLES)[1];
            check(offsets[0] == 0 && offsets[rows] == shapes.get(prefix + Inputs.TOKENS)[0], "offsets");
            for (int row = 0; row < rows; row++) {
                for (int token = offsets[row]; token < offsets[row + 1]; token++) {
                    int position = positions[token];
                    int block = tables[row * width + position / caches.blockSize];
                    int slot = inputs.get(prefix + Inputs.SLOTS)[token];
                    check(slot == block * caches.blockSize + position % caches.blockSize, "slot");
                    check(token == offsets[row] || position == positions[token - 1] + 1, "positions");
                    cache[slot] = inputs.get(prefix + Inputs.TOKENS)[token];
                }
                int count = offsets[row + 1] - offsets[row];
                if (count > 0) {
                    check(positions[offsets[row + 1] - 1] + 1 == inputs.get(prefix + Inputs.LENGTHS)[row], "lengths");
                    check(inputs.get(prefix + Inputs.FIRST)[row] == offsets[row], "first");
                    check(inputs.get(prefix + Inputs.LAST)[row] == offsets[row + 1] - 1, "last");
                    check(positions[offsets[row]] > 0 || count >= prefix(prefix), "prefix");
                }
            }
        }

        private int prefix(String side) {
            return side.isEmpty() ? prefix : 0;
        }

        private long read(String prefix, int[] cache, int row, int length) {
            int[] tables = inputs.get(prefix + Inputs.BLOCK_TABLES);
            int width = shapes.get(prefix + Inputs.BLOCK_TABLES)[1];
            long hash = length;
            for (int position = 0; position < length; position++) {
                int block = tables[row * width + position / caches.blockSize];
                hash = hash * 0x9E3779B97F4A7C15L + cache[block * caches.blockSize + position % caches.blockSize] + 1;
            }
            return hash;
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                throw new IllegalStateException("fake backend: " + what + " do not fit");
            }
        }

        @Override
        public int[] shape(String output) {
            return new int[] {selected, FakeModel.VOCABULARY};
        }

        @Override
        public void readReals(String output, float[] into) {
            System.arraycopy(logits, 0, into, 0, selected * FakeModel.VOCABULARY);
        }

        @Override
        public void readReals(String output, double[] into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            inputs.clear();
        }
    }
}
