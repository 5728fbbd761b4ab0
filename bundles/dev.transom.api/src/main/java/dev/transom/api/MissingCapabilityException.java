package dev.transom.api;

/** Nothing that runs provides what is needed; the sentence says what, and the parts say it to a program that could fetch it. */
public class MissingCapabilityException extends TransomException {

    private static final long serialVersionUID = 1L;

    private final String namespace;
    private final String attribute;
    private final String value;

    /**
     * @param sentence  the whole sentence as the user reads it
     * @param namespace for example {@code dev.transom.architecture}
     * @param attribute for example {@code model_type}
     * @param value     for example {@code bart}
     */
    public MissingCapabilityException(String sentence, String namespace, String attribute, String value) {
        super(sentence);
        this.namespace = namespace;
        this.attribute = attribute;
        this.value = value;
    }

    public String namespace() {
        return namespace;
    }

    public String attribute() {
        return attribute;
    }

    public String value() {
        return value;
    }
}
