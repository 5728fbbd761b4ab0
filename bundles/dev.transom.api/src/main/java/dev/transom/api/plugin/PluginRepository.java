package dev.transom.api.plugin;

import java.net.URI;

/**
 * A place that offers plugins: an index as OSGi's Repository Service Specification (chapter 132.5) describes it.
 *
 * @param name     what the user calls it
 * @param location of the index, or of a folder that holds {@code index.xml} or {@code index.xml.gz}
 * @param signed   whether its plugins must be signed by a trusted certificate
 */
public record PluginRepository(String name, URI location, boolean signed) {}
