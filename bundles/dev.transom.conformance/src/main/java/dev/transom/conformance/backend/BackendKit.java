package dev.transom.conformance.backend;

import dev.transom.api.backend.Backend;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.Check;
import dev.transom.conformance.operation.CoreOperationCases;
import dev.transom.conformance.operation.OperationCase;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a backend under {@code numerics=exact} against the reference kernels in float64:
 *
 * <ul>
 * <li>every core operation and its gradient, at small and odd sizes and about the lanes of vectors, with inputs and with
 *     parameters stored in F32, F16 and BF16: within {@code (16 + longest sum) · 2⁻²⁴ · max(1, largest expected)};
 * <li>functions at zeros, tiny and huge numbers;
 * <li>a decoder in one pass, in training, and in steps over caches: fork, truncation, export, empty rows, no tokens;
 * <li>bits: run twice, on one to three threads, in a worn workspace, beside other runs, and of a row alone and in any batch, they
 *     are the same;
 * <li>plans count bytes, changed parameters are read again, what is missing is named.
 * </ul>
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> conforms() {
 *     return new BackendKit(backend, Operations.core()).checks().stream()
 *         .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
 * }
 * }</pre>
 */
public final class BackendKit {

    private static final List<Format> FORMATS = List.of(Format.F32, Format.F16, Format.BF16);
    private static final List<String> FUNCTIONS = List.of("exp", "tanh", "sigmoid", "softplus", "relu", "gelu", "gelu_tanh",
        "quick_gelu", "silu");

    private final Backend backend;
    private final Operations operations;

    /** A kit for this backend; the operations are the core ones at least, and their reference kernels are the oracle. */
    public BackendKit(Backend backend, Operations operations) {
        this.backend = backend;
        this.operations = operations;
    }

    /** All checks, none run yet. */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>(checks(CoreOperationCases.all()));
        checks.addAll(checks(WideCases.all()));
        for (String function : FUNCTIONS) {
            checks.add(new Check(function + " at extremes",
                broken -> ExtremeCheck.check(backend, operations, function, broken)));
        }
        for (Format format : FORMATS) {
            checks.addAll(new DecoderChecks(backend, operations, format).all());
        }
        checks.addAll(new ExecutableChecks(backend, operations).all(FORMATS));
        return checks;
    }

    /** Checks of some cases, for the author of an operation: by inputs, and in each format where an input could be a parameter. */
    public List<Check> checks(List<OperationCase> cases) {
        List<Check> checks = new ArrayList<>();
        for (OperationCase each : cases) {
            checks.add(check(each.toString(), each, Format.F32, false));
            if (CaseCheck.hasParameters(each)) {
                FORMATS.forEach(format -> checks.add(check(each + " with parameters in " + format, each, format, true)));
            }
        }
        return checks;
    }

    private Check check(String name, OperationCase each, Format format, boolean asParameters) {
        return new Check(name,
            broken -> new CaseCheck(backend, operations, each, format, asParameters).check(broken));
    }
}
