package dev.transom.format.gguf.internal;

import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import org.osgi.service.component.annotations.Component;

/** The tensors of single GGUF files. */
@Component(service = TensorFormat.class)
@ProvidesFormat(name = "gguf-tensors")
public final class GgufTensors implements TensorFormat {

    @Override
    public String suffix() {
        return ".gguf";
    }

    @Override
    public TensorSource read(String where, MemorySegment file) {
        return Gguf.read(where, file);
    }
}
