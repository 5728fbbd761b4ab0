package dev.transom.nn;

/** Names of activations: as configurations spell them, as operations are called, as people write them. */
public final class Activation {

    private Activation() {
    }

    /**
     * The operation for a configuration's spelling. A name that is not known stands for an operation of a plugin; whether one is
     * installed shows when a graph is built.
     */
    public static String operation(String name) {
        return switch (name) {
            case "gelu", "gelu_python" -> "gelu";
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate" -> "gelu_tanh";
            case "swish", "silu" -> "silu";
            default -> name;
        };
    }

    static String label(String operation) {
        return switch (operation) {
            case "relu" -> "ReLU";
            case "gelu", "gelu_tanh" -> "GELU";
            case "silu" -> "SiLU";
            default -> operation;
        };
    }
}
