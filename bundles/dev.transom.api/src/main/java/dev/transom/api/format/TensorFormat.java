package dev.transom.api.format;

import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads single files of named tensors, such as adapters and reference cases. Registered as a service. */
@ConsumerType
public interface TensorFormat {

    /** How files of this format end, for example {@code .safetensors}. */
    String suffix();

    /**
     * Reads a file that is already mapped; tensors are valid as long as the mapping.
     *
     * @param where the file, for error sentences
     * @throws dev.transom.api.TransomException naming the rule that the file breaks
     */
    TensorSource read(String where, MemorySegment file);
}
