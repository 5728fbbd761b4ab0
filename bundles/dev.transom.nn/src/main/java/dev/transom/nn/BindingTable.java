package dev.transom.nn;

import dev.transom.api.tensor.Binding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A table of parts and the names that a checkpoint gives them. Each row stands for {@code PART.weight} and {@code PART.bias}; a
 * {@code *} in both names stands for the number of a layer. Rows whose tensors a file lacks do no harm.
 *
 * <pre>{@code
 * new BindingTable(layers, stored, "transformer.")
 *     .row("embedding", "wte")
 *     .row("decoder.layers.*.self_attention_norm", "h.*.ln_1")
 *     .transposed("decoder.layers.*.feed_forward.up_proj", "h.*.mlp.c_fc")
 *     .build();
 * }</pre>
 */
public final class BindingTable {

    private final int layers;
    private final Set<String> stored;
    private final String prefix;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();

    /**
     * @param layers   how many layers a {@code *} stands for
     * @param stored   names that the file holds
     * @param prefixes of which the first that begins a stored name is put before all names of the table, or none
     */
    public BindingTable(int layers, Set<String> stored, String... prefixes) {
        this.layers = layers;
        this.stored = stored;
        this.prefix = prefix(stored, prefixes);
    }

    private static String prefix(Set<String> stored, String... prefixes) {
        for (String prefix : prefixes) {
            if (stored.stream().anyMatch(name -> name.startsWith(prefix))) {
                return prefix;
            }
        }
        return "";
    }

    /** Weight and bias as they lie: a linear layer {@code [out, in]}, a norm, a table. */
    public BindingTable row(String part, String name) {
        return each(part, prefix + name, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** As {@link #row}, without the prefix: heads often stand beside the model proper. */
    public BindingTable head(String part, String name) {
        return each(part, name, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** A linear layer whose weight is stored {@code [in, out]}. */
    public BindingTable transposed(String part, String name) {
        return each(part, prefix + name, stored -> new Binding.Permute(stored, List.of(1, 0)), UnaryOperator.identity());
    }

    /** As {@link #row}, with an expression made of each stored weight and bias. */
    public BindingTable changed(String part, String name, UnaryOperator<Binding> weight, UnaryOperator<Binding> bias) {
        return each(part, prefix + name, weight, bias);
    }

    /** As {@link #row}, with the same expression made of each stored tensor. */
    public BindingTable changed(String part, String name, UnaryOperator<Binding> both) {
        return changed(part, name, both, both);
    }

    /** One parameter by its whole name. */
    public BindingTable put(String parameter, Binding binding) {
        bindings.put(parameter, binding);
        return this;
    }

    /** A stored tensor of the model proper, prefix added. */
    public Binding stored(String name) {
        return Binding.stored(prefix + name);
    }

    public Map<String, Binding> build() {
        return Map.copyOf(bindings);
    }

    private BindingTable each(String part, String name, UnaryOperator<Binding> weight, UnaryOperator<Binding> bias) {
        if (!part.contains("*")) {
            pair(part, name, weight, bias);
        }
        for (int layer = 0; part.contains("*") && layer < layers; layer++) {
            String number = Integer.toString(layer);
            pair(part.replace("*", number), name.replace("*", number), weight, bias);
        }
        return this;
    }

    private void pair(String part, String name, UnaryOperator<Binding> weight, UnaryOperator<Binding> bias) {
        bindings.put(part + ".weight", weight.apply(Binding.stored(either(name + ".weight", name + ".gamma"))));
        bindings.put(part + ".bias", bias.apply(Binding.stored(either(name + ".bias", name + ".beta"))));
    }

    /** Files of TensorFlow's time call a norm's weight gamma and its bias beta. */
    private String either(String name, String old) {
        return !stored.contains(name) && stored.contains(old) ? old : name;
    }
}
