package dev.transom.api.backend;

/** The device or its worker is gone: an ordinary failure that a scheduler answers by loading the model elsewhere. */
public class DeviceLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceLostException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
