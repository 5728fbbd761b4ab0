/**
 * Turn text into token ids and ids back into text.
 *
 * <p>Start with {@link dev.transom.api.tokenizer.Tokenizer}. A plugin implements
 * {@link dev.transom.api.tokenizer.TokenizerFormat} and registers it as a service; tasks, commands and the engine call
 * it. Nothing here is ever null. A tokenizer is immutable and may be called from any thread; an incremental decoder
 * belongs to one thread.
 */
@Export
@Version("1.0.0")
package dev.transom.api.tokenizer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
