package dev.transom.kernels.x86.internal;

/** Whether this machine runs the kernels; {@code -Dtransom.x86.required} makes their absence an error. */
final class Available {

    private Available() {
    }

    static boolean here() {
        String reason = new X86Kernels().unavailable().orElse("");
        if (!reason.isEmpty() && System.getProperty("transom.x86.required") != null) {
            throw new IllegalStateException("the kernels must run here; " + reason);
        }
        return reason.isEmpty();
    }
}
