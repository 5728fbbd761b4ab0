package dev.transom.backend.reference.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.conformance.Check;
import dev.transom.conformance.backend.BackendKit;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReferenceConformanceTest {

    @TestFactory
    Stream<DynamicTest> conforms() {
        return new BackendKit(new ReferenceBackend(Operations.core()), Operations.core()).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }

    @Test
    void theKitFindsASlightlyWrongKernel() {
        finds("rms_norm", run -> run.outReals(0)[run.outReals(0).length - 1] *= 1.0001, "rms_norm (17 wide, 5 tokens)");
        finds("attention_backward", run -> run.outReals(1)[0] += 1e-3, "attention (causal, 7 tokens)");
        finds("paged_attention", run -> run.outReals(0)[0] *= 1.001,
            "decoder in F32: prefill and steps give what one pass gives");
    }

    @Test
    void theKitFindsBitsThatChange() {
        int[] runs = {0};
        finds("silu", run -> run.outReals(0)[0] *= 1 + 1e-7 * (runs[0]++ % 2), "silu (wide, 3 tokens)");
        finds("kv_append", run -> run.cache(0).keys()[0] += 1, "kv_append");
    }

    /** Fails unless a check whose name begins so is broken by a kernel that does something more. */
    private static void finds(String operation, Consumer<ReferenceArguments> mistake, String check) {
        Operations wrong = Operations.of(Operations.core().all().stream()
            .map(each -> each.name().equals(operation) ? new Mistaken(each, mistake) : each).toList());
        List<Check> checks = new BackendKit(new ReferenceBackend(wrong), Operations.core()).checks().stream()
            .filter(each -> each.name().startsWith(check.replaceAll(" \\(causal.*", ""))).toList();
        assertFalse(checks.isEmpty(), check);
        assertFalse(checks.stream().allMatch(each -> each.broken().isEmpty()), check);
    }

    private record Mistaken(Operation right, Consumer<ReferenceArguments> mistake) implements Operation {

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
            return right.gradient(context);
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return right.cost(attributes, inputs, outputs);
        }

        @Override
        public void reference(ReferenceArguments run) {
            right.reference(run);
            if (right.name().equals("kv_append") || run.outReals(0).length > 0) {
                mistake.accept(run);
            }
        }
    }
}
