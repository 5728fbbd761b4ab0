/**
 * Turn conversations into the text that a model was trained on, and its answers into tool calls.
 *
 * <p>Start with {@link dev.transom.api.chat.ChatTemplates}, a service of the platform; commands and servers call it. Nothing here is
 * null except values inside messages. Templates are immutable and may be used from any thread.
 */
@Export
@Version("1.0.0")
package dev.transom.api.chat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
