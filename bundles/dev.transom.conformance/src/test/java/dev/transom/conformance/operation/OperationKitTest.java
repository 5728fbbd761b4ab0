package dev.transom.conformance.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The test of the test: a kit that fails nothing proves nothing. */
class OperationKitTest {

    private static final Type.TensorType X = Type.f32(Dim.bounded("tokens", 8), Dim.of(3));
    private static final OperationCase CASE = OperationCase.of("cube", "2 tokens").size("tokens", 2)
        .reals("x", X, CaseInput.Draw.POSITIVE).gives(X);

    /** y = x³, as a third party would write it; each variant breaks one contract. */
    private static class Cube implements Operation {

        @Override
        public String name() {
            return "cube";
        }

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            Rules.inputs(1, inputs);
            return List.of(Rules.real(inputs, 0, "x"));
        }

        @Override
        public List<Value> gradient(GradientContext context) {
            GraphBuilder g = context.builder();
            return List.of(g.scale(g.mul(context.dy(), g.unary("square", context.input(0))), 3));
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return Cost.elementwise(2, inputs, outputs);
        }

        @Override
        public void reference(ReferenceArguments run) {
            double[] x = run.reals(0);
            for (int i = 0; i < x.length; i++) {
                run.outReals(0)[i] = x[i] * x[i] * x[i];
            }
        }

        @Override
        public Optional<List<Value>> decompose(GraphBuilder g, Attributes attributes, List<Value> inputs) {
            return Optional.of(List.of(g.mul(inputs.getFirst(), g.unary("square", inputs.getFirst()))));
        }
    }

    private static List<String> failures(Operation operation) {
        List<Operation> all = new ArrayList<>(Operations.core().all());
        all.add(operation);
        return new OperationKit(Operations.of(all)).check(List.of(CASE)).failures();
    }

    private static void fails(String start, Operation operation) {
        List<String> failures = failures(operation);
        assertTrue(failures.stream().anyMatch(failure -> failure.startsWith(start)), () -> start + " is not among " + failures);
    }

    @Test
    void passesAnOperationThatKeepsItsContract() {
        assertEquals(List.of(), failures(new Cube()));
    }

    @Test
    void failsAWrongGradient() {
        fails("gradient of cube (2 tokens): dx must be the central difference within 1e-07; element ", new Cube() {
            @Override
            public List<Value> gradient(GradientContext context) {
                return List.of(context.builder().mul(context.dy(), context.builder().unary("square", context.input(0))));
            }
        });
    }

    @Test
    void failsAGradientThatIsWrongByOneInAHundredThousand() {
        fails("gradient of cube (2 tokens): dx must be the central difference", new Cube() {
            @Override
            public List<Value> gradient(GradientContext context) {
                return List.of(context.builder().scale(super.gradient(context).getFirst(), 1.00001));
            }
        });
    }

    @Test
    void failsAMissingGradient() {
        fails("gradient of cube (2 tokens): a gradient of x is due; there is none.", new Cube() {
            @Override
            public List<Value> gradient(GradientContext context) {
                return java.util.Collections.singletonList(null);
            }
        });
    }

    @Test
    void failsAnOperationThatRefusesItsGradientUnannounced() {
        fails("gradient of cube (2 tokens): it must accept the case; it said: operation cube: it has no gradient;", new Cube() {
            @Override
            public List<Value> gradient(GradientContext context) {
                throw new dev.transom.graph.GraphException("operation cube: it has no gradient; a loss depends on it.");
            }
        });
    }

    @Test
    void failsAWrongTypeRule() {
        fails("types of cube (2 tokens): at declared sizes the type rule must give [F32[tokens≤8, 3]]; it gave [F32[tokens≤8]].",
            new Cube() {
                @Override
                public List<Type> types(Attributes attributes, List<Type> inputs) {
                    return List.of(Type.f32(Rules.real(inputs, 0, "x").shape().dim(0)));
                }
            });
    }

    @Test
    void failsATypeRuleThatForgetsActualSizes() {
        fails("types of cube (2 tokens): at actual sizes the type rule must give [F32[2, 3]]; it gave [F32[tokens≤8, 3]].", new Cube() {
            @Override
            public List<Type> types(Attributes attributes, List<Type> inputs) {
                return List.of(X);
            }
        });
    }

    @Test
    void failsAWrongCost() {
        fails("cost of cube (2 tokens): FLOPs and bytes of cube must be finite and not negative; got "
            + "Cost[flops=-1.0, bytes=0.0, products=0.0].", new Cube() {
                @Override
                public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
                    return new Cost(-1, 0);
                }
            });
    }

    @Test
    void failsACostThatShrinksWithTheSizes() {
        fails("cost of cube (2 tokens): at its maximum cube must not cost less than at {tokens=2}; got", new Cube() {
            @Override
            public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
                return new Cost(1.0 / ((Type.TensorType) outputs.getFirst()).shape().maxElements(), 0);
            }
        });
    }

    @Test
    void failsAWrongDecomposition() {
        fails("decomposition of cube (2 tokens): output 0, element 0, must be ", new Cube() {
            @Override
            public Optional<List<Value>> decompose(GraphBuilder g, Attributes attributes, List<Value> inputs) {
                return Optional.of(List.of(g.unary("square", inputs.getFirst())));
            }
        });
    }

    @Test
    void failsAReferenceThatWritesItsInput() {
        fails("reference of cube (2 tokens): it must not write its inputs; it did.", new Cube() {
            @Override
            public void reference(ReferenceArguments run) {
                run.reals(0)[0] += 1;
            }
        });
    }

    @Test
    void failsAReferenceThatIsNotDeterministic() {
        int[] calls = {0};
        fails("reference of cube (2 tokens): it must give the same bits twice in FLOAT64; they differ.", new Cube() {
            @Override
            public void reference(ReferenceArguments run) {
                run.outReals(0)[0] = calls[0]++;
            }
        });
    }

    @Test
    void tableNamesTheOperationAndTheBrokenContract() {
        List<Operation> all = new ArrayList<>(Operations.core().all());
        all.add(new Cube());
        String table = new OperationKit(Operations.of(all)).check(List.of(CASE)).table();
        String[] lines = table.split("\\R");
        assertEquals("operation                        cases  gradient error  outcome", lines[0]);
        assertTrue(lines[1].matches("cube +1  \\d\\.\\de-\\d\\d +holds"), lines[1]);
    }
}
