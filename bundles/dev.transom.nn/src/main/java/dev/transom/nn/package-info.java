/**
 * The transformer recipe and its blocks, for whoever writes an architecture. Start with {@link dev.transom.nn.Recipe}: it says
 * what a model is made of, and {@link dev.transom.nn.RecipeModel} builds its graphs. Everything here is immutable data, except
 * {@link dev.transom.nn.Net}, which is one graph under construction and belongs to one thread. Nothing computes; nothing is null.
 */
@Export
@Version("1.0.0")
package dev.transom.nn;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
