package dev.transom.graph;

/**
 * Which keys a query sees, and how scores are scaled.
 *
 * @param causal  query i sees key j only if j ≤ i
 * @param window  if positive, also only if i − j &lt; window
 * @param prefix  the first {@code prefix} positions are seen by all, whatever {@code causal} says
 * @param scale   factor of q·k, usually 1/sqrt(dim)
 * @param softcap if positive, scores become softcap·tanh(score/softcap)
 */
public record AttentionMask(boolean causal, int window, int prefix, double scale, double softcap) {

    public static AttentionMask bidirectional(double scale) {
        return new AttentionMask(false, 0, 0, scale, 0);
    }

    public static AttentionMask causal(double scale) {
        return new AttentionMask(true, 0, 0, scale, 0);
    }

    public static AttentionMask of(Attributes attributes) {
        return new AttentionMask(attributes.flag("causal"), attributes.int32("window"), attributes.int32("prefix"),
            attributes.real("scale"), attributes.real("softcap"));
    }

    public Attributes attributes() {
        return Attributes.of("causal", causal, "window", window, "prefix", prefix, "scale", scale, "softcap", softcap);
    }

    /** Whether the query at position {@code i} sees the key at position {@code j}. */
    public boolean sees(long i, long j) {
        return (!causal || j <= i || j < prefix) && (window <= 0 || i - j < window);
    }

    public AttentionMask withWindow(int positions) {
        return new AttentionMask(causal, positions, prefix, scale, softcap);
    }

    public AttentionMask withPrefix(int positions) {
        return new AttentionMask(causal, window, positions, scale, softcap);
    }
}
