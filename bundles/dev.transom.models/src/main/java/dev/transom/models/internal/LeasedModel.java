package dev.transom.models.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An open model. Closing gives the architecture back, so that its bundle can go, and unmaps the files. */
final class LeasedModel implements OpenModel {

    private final String reference;
    private final ModelFiles files;
    private final Lease<Architecture> lease;
    private final Arena arena = Arena.ofShared();
    private final AtomicReference<ModelDefinition> definition;
    private Map<String, Binding> expressions;
    private Bindings bindings;
    private ParameterStore parameters;

    LeasedModel(String reference, ModelFiles files, Lease<Architecture> lease, ModelDefinition definition) {
        this.reference = reference;
        this.files = files;
        this.lease = lease;
        this.definition = new AtomicReference<>(definition);
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public ModelFiles files() {
        return files;
    }

    @Override
    public ModelDefinition definition() {
        ModelDefinition open = definition.get();
        if (open == null) {
            throw new IllegalStateException("model " + reference + " is closed.");
        }
        return open;
    }

    @Override
    public String architecture() {
        return lease.bundle();
    }

    @Override
    public synchronized ParameterStore parameters() {
        if (parameters == null) {
            bindings = new Bindings(files.where(), files.tensors());
            expressions = definition().bindings(files.tensors().names());
            parameters = new BoundParameters(expressions, bindings, arena);
        }
        return parameters;
    }

    @Override
    public TypePlan types(Graph graph) {
        parameters();
        Map<String, Format> formats = new HashMap<>();
        for (Node parameter : graph.parameters()) {
            formats.put(parameter.name(), checked(parameter));
        }
        return new TypePlan(formats, Format.F32, Format.F32);
    }

    @Override
    public void close() {
        if (definition.getAndSet(null) != null) {
            lease.close();
            files.close();
            arena.close();
        }
    }

    private Format checked(Node parameter) {
        Binding binding = Optional.ofNullable(expressions.get(parameter.name())).orElseThrow(() -> missing(parameter.name()));
        bindings.firstMissing(binding).ifPresent(name -> {
            throw missing(name);
        });
        List<Long> stored = bindings.shape(binding);
        List<Long> wanted = Arrays.stream(((Type.TensorType) parameter.types().getFirst()).shape().maxSizes()).boxed().toList();
        if (!stored.equals(wanted)) {
            throw new TransomException(files.where() + ": parameter " + parameter.name() + " must have the shape " + wanted
                + " by config.json; the file holds " + stored + ". Use the config.json that belongs to the weights.");
        }
        return bindings.format(binding);
    }

    private TransomException missing(String tensor) {
        return new TransomException(files.where() + ": tensor " + tensor
            + " is required; the files do not hold it. Download the model again.");
    }
}
