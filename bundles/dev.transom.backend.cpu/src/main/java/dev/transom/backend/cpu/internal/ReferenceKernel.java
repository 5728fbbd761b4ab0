package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Node;
import dev.transom.graph.Operation;
import java.util.List;

/**
 * Runs a node by its operation's definition, for whatever no provider has a kernel: slow, on one thread, and with arrays made anew
 * in each run.
 */
final class ReferenceKernel implements Kernel {

    private final Operation operation;
    private final Node node;
    private final List<Format> formats;

    ReferenceKernel(Operation operation, KernelRequest request) {
        this.operation = operation;
        this.node = request.node();
        this.formats = request.formats();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        ReferenceCall call = new ReferenceCall(node, formats, arguments);
        operation.reference(call);
        call.store();
    }
}
