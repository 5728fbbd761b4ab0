/**
 * Contribute a command to the launcher and the shell.
 *
 * <p>Start with {@link dev.transom.api.application.Application}: a plugin implements it and registers it as a service;
 * {@link dev.transom.api.application.Commands} runs it. Nothing here is ever null. Applications are called from any
 * thread, several times at once.
 */
@Export
@Version("1.0.0")
package dev.transom.api.application;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
