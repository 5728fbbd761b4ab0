/**
 * Read and write weights as files store them: plain numbers and ggml's formats of blocks. Start with {@link dev.transom.blocks.Blocks};
 * backends, formats and commands call it. Everything is a function of its arguments, safe from any thread; nothing is null.
 */
@Export
@Version("1.0.0")
package dev.transom.blocks;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
