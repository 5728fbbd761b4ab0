package dev.transom.conformance.operation;

import java.util.List;

/**
 * What one case gave.
 *
 * @param operationCase the case
 * @param gradientError largest relative error of its gradients, NaN where none was due
 * @param broken        one sentence for each broken contract, naming it first; empty when all hold
 */
public record CaseResult(OperationCase operationCase, double gradientError, List<String> broken) {

    public CaseResult {
        broken = List.copyOf(broken);
    }

    public boolean passed() {
        return broken.isEmpty();
    }
}
