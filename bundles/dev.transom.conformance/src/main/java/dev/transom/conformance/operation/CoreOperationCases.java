package dev.transom.conformance.operation;

import java.util.List;
import java.util.stream.Stream;

/** Cases for every core operation: no tokens, one, a prime number; each option of an operation at least once. */
public final class CoreOperationCases {

    /** Actual sizes of a ragged axis that find most mistakes. */
    static final long[] TOKENS = {0, 1, 7};

    private CoreOperationCases() {
    }

    public static List<OperationCase> all() {
        return Stream.of(ElementwiseCases.all(), ShapeCases.all(), RowAndSumCases.all(), NormAndLossCases.all(), PositionCases.all(),
            AttentionCases.all(), ExpertCases.all()).flatMap(List::stream).toList();
    }
}
