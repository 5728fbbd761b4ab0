/**
 * Stored tensors and the parameters made of them. Start with {@link dev.transom.api.tensor.StoredTensor}; a format gives a {@link dev.transom.api.tensor.TensorSource}, an architecture the {@link dev.transom.api.tensor.Binding}s, and a backend reads the {@link dev.transom.api.tensor.ParameterStore}. Safe for concurrent reading.
 */
@Export
@Version("1.0.0")
package dev.transom.api.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
