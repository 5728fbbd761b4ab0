package dev.transom.conformance.operation;

import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Checks operations against the contract of {@link dev.transom.graph.Operation}, case by case:
 *
 * <ul>
 * <li>types: declared output types are those that the case states, and at actual sizes they become the actual ones;
 * <li>reference: it fills the outputs with finite numbers, leaves its inputs alone, and gives the same bits twice;
 * <li>gradient: in float64 it agrees with central differences of a random projection of the outputs;
 * <li>cost: it is finite, not negative, and at the declared maximum not below that at the actual sizes, backward nodes included;
 * <li>decomposition: where there is one, it consists of core operations and gives the same types and values.
 * </ul>
 *
 * <pre>{@code
 * OperationReport report = new OperationKit(operations).check(cases);
 * System.out.print(report.table());
 * assertTrue(report.passed(), report.failures().toString());
 * }</pre>
 */
public final class OperationKit {

    private final Operations operations;

    /** A kit for these operations; gradients and decompositions need the core operations among them. */
    public OperationKit(Operations operations) {
        this.operations = operations;
    }

    /** Checks every case; a broken contract is an entry of the report, never an exception. */
    public OperationReport check(List<OperationCase> cases) {
        return new OperationReport(cases.stream().map(this::check).toList());
    }

    /** Checks one case. */
    public CaseResult check(OperationCase each) {
        List<String> broken = new ArrayList<>();
        double error = Double.NaN;
        List<BiFunction<Operations, OperationCase, ContractResult>> contracts = List.of(TypeContract::check,
            ReferenceContract::check, CostContract::check, GradientContract::check, DecompositionContract::check);
        for (var contract : contracts) {
            ContractResult result = contract.apply(operations, each);
            result.broken().forEach(sentence -> broken.add(result.contract() + " of " + each + ": " + sentence));
            error = Double.isNaN(result.error()) ? error : result.error();
        }
        return new CaseResult(each, error, broken);
    }
}
