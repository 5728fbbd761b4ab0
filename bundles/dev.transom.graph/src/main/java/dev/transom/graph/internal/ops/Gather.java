package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * y[i…, :] = table[ids[i…], :]; {@code table [rows, …]}, {@code ids […]}, y {@code [ids…, …]}. An id below zero gives zeros.
 * R1 table is F32. R2 ids are I32. R3 table has at least one dimension. At run time every id is below rows.
 * ONNX Gather along axis 0. dtable adds dy into the rows it came from.
 */
final class Gather implements Operation {

    @Override
    public String name() {
        return "gather";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType table = Rules.real(inputs, 0, "table"); // R1
        Type.TensorType ids = Rules.ints(inputs, 1, "ids"); // R2
        Rules.require(table.shape().rank() >= 1, "table must have at least 1 dimension", table); // R3
        return List.of(Type.f32(ids.shape().then(table.shape().sub(1, table.shape().rank()))));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().scatterAdd(context.dy(), context.input(1), context.input(0)), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        // Only the rows asked for are read.
        return new Cost(0, 2 * Cost.traffic(outputs) + Cost.traffic(inputs.subList(1, 2)));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] table = run.reals(0);
        int[] ids = run.ints(1);
        int rows = run.shape(0)[0];
        int width = Axes.inner(run.shape(0), 0);
        for (int i = 0; i < ids.length; i++) {
            if (inRange("gather", ids[i], rows)) {
                System.arraycopy(table, ids[i] * width, run.outReals(0), i * width, width);
            }
        }
    }

    /** Whether an id names a row: below zero none, at or above {@code rows} is an error. */
    static boolean inRange(String operation, int id, int rows) {
        Rules.require(id < rows, operation + ": an id must be below the " + rows + " rows of the table", id);
        return id >= 0;
    }
}
