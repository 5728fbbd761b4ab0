package dev.transom.graph;

import java.util.List;

/** The checks that type rules are made of; each names the rule and what came, the builder adds the place. */
public final class Rules {

    private Rules() {
    }

    /** Fails with {@code rule; got got.} unless {@code holds}. */
    public static void require(boolean holds, String rule, Object got) {
        if (!holds) {
            throw new GraphException(rule + "; got " + got + ".");
        }
    }

    /** The parties of a broken rule as an author reads them: {@code x F32[tokens≤512, 4096], w F32[4608, 4096]}. */
    public static String parties(String a, Type typeOfA, String b, Type typeOfB) {
        return a + " " + typeOfA + ", " + b + " " + typeOfB;
    }

    /** Fails unless there are {@code count} inputs. */
    public static void inputs(int count, List<Type> inputs) {
        require(inputs.size() == count, "it takes " + count + " inputs", inputs.size() + " " + inputs);
    }

    /** Input {@code index} as an F32 tensor. */
    public static Type.TensorType real(List<Type> inputs, int index, String party) {
        return element(inputs, index, party, ElementType.F32);
    }

    /** Input {@code index} as an I32 tensor. */
    public static Type.TensorType ints(List<Type> inputs, int index, String party) {
        return element(inputs, index, party, ElementType.I32);
    }

    /** Input {@code index} as a cache. */
    public static Type.CacheType cache(List<Type> inputs, int index, String party) {
        Type type = inputs.get(index);
        if (type instanceof Type.CacheType cache) {
            return cache;
        }
        throw new GraphException(party + " must be a cache; got " + type + ".");
    }

    /** Fails unless the tensor has {@code rank} dimensions. */
    public static void rank(Type.TensorType tensor, int rank, String party) {
        require(tensor.shape().rank() == rank, party + " must have " + rank + " dimensions", tensor);
    }

    /** Fails unless both dimensions are the same size. */
    public static void same(Dim a, Dim b, String rule, Type... got) {
        require(a.equals(b), rule, List.of(got));
    }

    private static Type.TensorType element(List<Type> inputs, int index, String party, ElementType element) {
        if (index < inputs.size() && inputs.get(index) instanceof Type.TensorType tensor && tensor.element() == element) {
            return tensor;
        }
        throw new GraphException(party + " must be " + element + "; got "
            + (index < inputs.size() ? inputs.get(index) : "nothing") + ".");
    }
}
