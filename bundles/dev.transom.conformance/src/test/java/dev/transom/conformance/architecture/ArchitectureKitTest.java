package dev.transom.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.config.Config;
import dev.transom.conformance.architecture.TinyDecoder.Flaw;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the test: a good architecture passes, each sabotaged twin fails with a sentence that names the contract. */
class ArchitectureKitTest {

    private static final Config CONFIG = new Config("tiny/config.json", Map.of("model_type", "tiny", "hidden_size", 6L));

    @Test
    void aGoodArchitecturePasses() {
        assertEquals(List.of(), broken(Flaw.NONE, Operations.core()));
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aSabotagedTwinFails(Flaw flaw) {
        List<String> broken = broken(flaw, Operations.core());
        assertTrue(broken.stream().anyMatch(sentence -> sentence.contains(contract(flaw))), flaw + ": " + broken);
    }

    private static String contract(Flaw flaw) {
        return switch (flaw) {
            case NONE -> "";
            case TWO_HEADS_OF_ONE_NAME -> "heads must have names of their own";
            case LAYERS_MISCOUNTED, OUTPUT_MISNAMED -> "outputs must be [";
            case FOREIGN_INPUT -> "inputs must be those of dev.transom.api.architecture.Inputs; ids is not";
            case BINDING_FORGOTTEN -> "bindings must say where parameter final.weight is stored";
            case HEAD_INVENTED -> "graph (no_such_head, whole rows) must be refused";
            case GRAPH_VARIES -> "equal requests must give equal graphs";
            case SELECTED_FORGOTTEN -> "logits of selected tokens are those among all";
            case LIMITS_IGNORED -> "bounded by the limits";
            case ROWS_MIXED -> "rows alone give what rows together give: ";
            case NOT_CAUSAL -> "last_hidden_state before a token that is changed: the bits must be the same";
            case CACHE_SHARED_BY_LAYERS, CACHE_WITHOUT_POSITIONS, CACHE_BEYOND_WINDOW ->
                "prefill in chunks and decode give what one pass gives: logits of a row of 13";
            case LAST_STATE_BEFORE_NORM -> "hidden_states.2 and last_hidden_state: the bits must be the same";
            case DROPOUT_DRAWS_TWICE -> "each dropout must draw from a stream of its own; two have the id 0";
            case EMBEDDINGS_IGNORED -> "must depend on embeddings";
            case FIELD_NOT_VALIDATED -> "a configuration with hidden_size = seventeen must be read or be refused";
            case TYPE_NOT_ANNOUNCED -> "modelTypes must hold the modelType of its models; [small] lacks tiny";
        };
    }

    @Test
    void aWrongGradientIsNamedByItsParameter() {
        Operations wrong = Operations.of(Operations.core().all().stream()
            .map(operation -> operation.name().equals("silu") ? new HalfGradient(operation) : operation).toList());
        List<String> broken = broken(Flaw.NONE, wrong);
        String contract = "head lm: gradients are differences of losses: the gradient of layers.0.up must be";
        assertTrue(broken.stream().anyMatch(sentence -> sentence.startsWith(contract)), broken.toString());
    }

    private static List<String> broken(Flaw flaw, Operations operations) {
        return new ArchitectureKit(TinyDecoder.architecture(flaw), CONFIG, operations).checks().stream()
            .flatMap(check -> check.broken().stream().map(sentence -> check.name() + ": " + sentence)).toList();
    }

    /** An operation whose gradient is half of what it is. */
    private record HalfGradient(Operation right) implements Operation {

        @Override
        public String name() {
            return right.name();
        }

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            return right.types(attributes, inputs);
        }

        @Override
        public List<Value> gradient(GradientContext context) {
            return right.gradient(context).stream().map(value -> context.builder().scale(value, 0.5)).toList();
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return right.cost(attributes, inputs, outputs);
        }

        @Override
        public void reference(ReferenceArguments run) {
            right.reference(run);
        }
    }
}
