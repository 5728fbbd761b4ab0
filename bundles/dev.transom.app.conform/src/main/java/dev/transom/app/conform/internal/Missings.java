package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;

/** Says briefly what a case misses. */
final class Missings {

    private Missings() {
    }

    /** For example {@code architecture model_type=bart}. */
    static String what(MissingCapabilityException missing) {
        String namespace = missing.namespace();
        return namespace.substring(namespace.lastIndexOf('.') + 1) + " " + missing.attribute() + "=" + missing.value();
    }
}
