package dev.transom.conformance.operation;

import dev.transom.graph.GraphException;
import java.util.ArrayList;
import java.util.List;

/** What one contract found: sentences for what is broken, and the relative error where one was measured, else NaN. */
record ContractResult(String contract, List<String> broken, double error) {

    static ContractResult of(String contract, List<String> broken) {
        return new ContractResult(contract, broken, Double.NaN);
    }

    /** Runs a check that may throw; what it throws is a broken contract too. */
    static ContractResult of(String contract, Check check) {
        List<String> broken = new ArrayList<>();
        try {
            check.run(broken);
        } catch (GraphException refusal) {
            broken.add("it must accept the case; it said: " + refusal.getMessage());
        } catch (RuntimeException thrown) {
            broken.add("it must not throw; it threw " + thrown + ".");
        }
        return of(contract, broken);
    }

    /** Fills a list with sentences. */
    interface Check {
        void run(List<String> broken);
    }
}
