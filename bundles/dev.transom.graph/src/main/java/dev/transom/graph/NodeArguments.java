package dev.transom.graph;

import java.util.List;
import java.util.Map;

/** The data of one node in a {@link ReferenceRun}. */
record NodeArguments(Node node, List<Type> types, List<HostTensor> given, HostTensor[] made,
        Map<String, ReferenceArguments.ReferenceCache> caches) implements ReferenceArguments {

    @Override
    public Attributes attributes() {
        return node.attributes();
    }

    @Override
    public int inputs() {
        return given.size();
    }

    @Override
    public int[] shape(int index) {
        return sizes(given.get(index));
    }

    @Override
    public double[] reals(int index) {
        return given.get(index).reals();
    }

    @Override
    public int[] ints(int index) {
        return given.get(index).ints();
    }

    @Override
    public ReferenceCache cache(int index) {
        String name = ((Type.CacheType) types.get(index)).name();
        ReferenceCache cache = caches.get(name);
        Rules.require(cache != null, "cache " + name + ": its state must be given", caches.keySet());
        return cache;
    }

    @Override
    public int[] outShape(int index) {
        return sizes(made[index]);
    }

    @Override
    public double[] outReals(int index) {
        return made[index].reals();
    }

    @Override
    public int[] outInts(int index) {
        return made[index].ints();
    }

    private static int[] sizes(HostTensor tensor) {
        int[] sizes = new int[tensor.shape().length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.toIntExact(tensor.shape()[i]);
        }
        return sizes;
    }
}
