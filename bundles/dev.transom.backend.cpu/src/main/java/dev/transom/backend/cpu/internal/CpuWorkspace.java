package dev.transom.backend.cpu.internal;

import dev.transom.api.backend.Workspace;
import dev.transom.graph.Dim;
import dev.transom.graph.ElementType;
import dev.transom.graph.GraphException;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One arena, the arguments of every step laid out in it, and the sizes of the present run. */
final class CpuWorkspace implements Workspace {

    private static final int UNSET = -1;

    private final CpuExecutable executable;
    private final CpuCaches caches;
    private final Program program;
    private final SpinningPool pool;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int[] sizes;
    private final List<Step> steps;
    private final StepArguments[] arguments;
    /** At the first step of a chain; null elsewhere. */
    private final RowChain[] chains;
    private final Map<String, HostInput> inputs = new LinkedHashMap<>();
    private final HostInput[] ordered;
    private final Map<String, HostOutput> outputs = new HashMap<>();
    private long version;

    CpuWorkspace(CpuExecutable executable, CpuCaches caches) {
        this.executable = executable;
        this.caches = caches;
        this.program = executable.program();
        this.pool = executable.pool();
        this.steps = program.steps();
        this.memory = arena.allocate(Math.max(64, program.storage().bytes()), 64);
        this.sizes = new int[program.sizes().count()];
        this.arguments = new StepArguments[steps.size()];
        long stride = (program.scratch() + 127) / 64 * 64;
        long scratch = arena.allocate(Math.max(64, stride * pool.count()), 64).address();
        long shared = arena.allocate(program.sharedScratch() + 64, 64).address();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = new StepArguments(steps.get(i), sizes, scratch, stride, shared);
        }
        this.chains = chains();
        program.graph().inputs().forEach(node -> inputs.put(node.name(), new HostInput(node)));
        ordered = inputs.values().toArray(HostInput[]::new);
        program.graph().outputs().forEach((name, value) -> {
            if (value.type() instanceof Type.TensorType type) {
                outputs.put(name, new HostOutput(value, program.sizes().codes(type.shape()), new int[type.shape().rank()]));
            }
        });
        version = executable.parametersVersion();
        layOut();
    }

    private RowChain[] chains() {
        RowChain[] found = new RowChain[arguments.length];
        for (int i = 0; i < found.length; i++) {
            List<Step> members = steps.subList(i, i + program.chains().from(steps.get(i).node()).size());
            if (!members.isEmpty() && RowChain.possible(members)) {
                found[i] = new RowChain(members, Arrays.copyOfRange(arguments, i, i + members.size()), pool.count());
            }
        }
        return found;
    }

    private void layOut() {
        for (int i = 0; i < arguments.length; i++) {
            Node node = steps.get(i).node();
            for (int input = 0; input < node.inputs().size(); input++) {
                Value value = node.inputs().get(input);
                if (value.type() instanceof Type.CacheType type) {
                    layOut(arguments[i], input, type);
                } else {
                    arguments[i].inputs[input] = address(value);
                }
            }
            for (int output = 0; output < node.types().size(); output++) {
                if (node.types().get(output) instanceof Type.TensorType) {
                    arguments[i].outputs[output] = address(node.output(output));
                }
            }
        }
    }

    private void layOut(StepArguments step, int input, Type.CacheType type) {
        if (caches == null) {
            throw new IllegalArgumentException("workspace: a graph with a cache must be given caches; got null for "
                + type.name() + ".");
        }
        CpuCaches.Layer layer = caches.layer(type.name());
        step.keys[input] = layer.keys().address();
        step.values[input] = layer.values().address();
        step.slots[input] = caches.blocks() * type.blockSize();
    }

    private long address(Value value) {
        Value root = program.storage().root(value);
        return program.storage().inArena(root) ? memory.address() + program.storage().offset(root) : executable.address(root);
    }

    @Override
    public void setInts(String input, int[] data, int... shape) {
        HostInput host = input(input, ElementType.I32);
        int elements = host.bind(shape, data.length);
        MemorySegment.copy(data, 0, memory, ValueLayout.JAVA_INT, host.offset, elements);
    }

    @Override
    public void setReals(String input, float[] data, int... shape) {
        HostInput host = input(input, ElementType.F32);
        int elements = host.bind(shape, data.length);
        MemorySegment.copy(data, 0, memory, ValueLayout.JAVA_FLOAT, host.offset, elements);
    }

    @Override
    public void setReals(String input, double[] data, int... shape) {
        HostInput host = input(input, ElementType.F32);
        int elements = host.bind(shape, data.length);
        for (int i = 0; i < elements; i++) {
            memory.set(ValueLayout.JAVA_FLOAT, host.offset + 4L * i, (float) data[i]);
        }
    }

    private HostInput input(String name, ElementType element) {
        HostInput host = inputs.get(name);
        if (host == null) {
            throw new GraphException("input " + name + ": it must be one of the graph's; got one beside " + inputs.keySet() + ".");
        }
        if (host.type.element() != element) {
            throw new GraphException("input " + name + ": it must be " + host.type + "; got " + element + ".");
        }
        return host;
    }

    @Override
    public void run() {
        pool.lock().lock();
        try {
            if (executable.parametersVersion() != version) {
                version = executable.parametersVersion();
                layOut();
            }
            bindSizes();
            for (int i = 0; i < arguments.length; i++) {
                if (chains[i] == null) {
                    steps.get(i).kernel().run(arguments[i], pool);
                } else {
                    chains[i].run(pool);
                    i += chains[i].size() - 1;
                }
            }
        } finally {
            pool.lock().unlock();
        }
    }

    private void bindSizes() {
        Arrays.fill(sizes, UNSET);
        for (HostInput input : ordered) {
            input.bindSymbols();
        }
        program.sizes().complete(sizes);
    }

    @Override
    public int[] shape(String output) {
        HostOutput host = output(output);
        for (int axis = 0; axis < host.shape.length; axis++) {
            int code = host.codes[axis];
            host.shape[axis] = code >= 0 ? code : sizes[~code];
        }
        return host.shape;
    }

    @Override
    public void readReals(String output, float[] into) {
        int elements = elements(output, into.length);
        MemorySegment.copy(StepArguments.MEMORY, ValueLayout.JAVA_FLOAT_UNALIGNED, address(output(output).value), into, 0,
            elements);
    }

    @Override
    public void readReals(String output, double[] into) {
        int elements = elements(output, into.length);
        long address = address(output(output).value);
        for (int i = 0; i < elements; i++) {
            into[i] = StepArguments.MEMORY.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address + 4L * i);
        }
    }

    private int elements(String output, int room) {
        int elements = 1;
        for (int size : shape(output)) {
            elements *= size;
        }
        if (room < elements) {
            throw new IllegalArgumentException("output " + output + ": the array must have room for " + elements
                + " elements; got " + room + ".");
        }
        return elements;
    }

    private HostOutput output(String name) {
        HostOutput host = outputs.get(name);
        if (host == null) {
            throw new GraphException("output " + name + ": it must be one of " + outputs.keySet() + "; got another.");
        }
        return host;
    }

    @Override
    public void close() {
        arena.close();
    }

    private record HostOutput(Value value, int[] codes, int[] shape) {
    }

    /** An input's place and the sizes it came with. */
    private final class HostInput {

        private final String name;
        private final Type.TensorType type;
        private final int[] codes;
        private final int[] actual;
        private final long offset;
        private boolean set;

        HostInput(Node node) {
            name = node.name();
            type = (Type.TensorType) node.types().getFirst();
            codes = program.sizes().codes(type.shape());
            actual = new int[codes.length];
            offset = program.storage().offset(node.output());
        }

        int bind(int[] shape, int given) {
            boolean fits = shape.length == codes.length;
            int elements = 1;
            for (int axis = 0; fits && axis < codes.length; axis++) {
                Dim dim = type.shape().dim(axis);
                fits = shape[axis] >= 0 && (codes[axis] >= 0 ? shape[axis] == codes[axis] : shape[axis] <= dim.max());
                elements *= shape[axis];
            }
            if (!fits || given < elements) {
                throw new GraphException("input " + name + ": a tensor must fit its declared type " + type + "; got "
                    + type.element() + Arrays.toString(shape) + " of " + given + " elements.");
            }
            System.arraycopy(shape, 0, actual, 0, actual.length);
            set = true;
            return elements;
        }

        void bindSymbols() {
            if (!set) {
                throw new GraphException("input " + name + ": a tensor " + type + " must be given; got none.");
            }
            for (int axis = 0; axis < codes.length; axis++) {
                if (codes[axis] < 0) {
                    int symbol = ~codes[axis];
                    if (sizes[symbol] != UNSET && sizes[symbol] != actual[axis]) {
                        throw new GraphException("input " + name + ": dimension " + program.sizes().name(symbol)
                            + " must have one size in one run; got " + sizes[symbol] + " and " + actual[axis] + ".");
                    }
                    sizes[symbol] = actual[axis];
                }
            }
        }
    }
}
