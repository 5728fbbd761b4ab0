package dev.transom.format.huggingface.internal;

import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import org.osgi.service.component.annotations.Component;

/** Single safetensors files. */
@Component(service = TensorFormat.class)
@ProvidesFormat(name = "safetensors")
public final class SafetensorsFormat implements TensorFormat {

    @Override
    public String suffix() {
        return ".safetensors";
    }

    @Override
    public TensorSource read(String where, MemorySegment file) {
        return Safetensors.read(where, file);
    }
}
