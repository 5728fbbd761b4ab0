package dev.transom.app.options;

import dev.transom.api.backend.PlanOptions.Numerics;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@link Numerics} as a user writes them: {@code exact} or {@code fast}. */
public final class NumericsName implements ITypeConverter<Numerics> {

    @Override
    public Numerics convert(String name) {
        return switch (name) {
            case "exact" -> Numerics.EXACT;
            case "fast" -> Numerics.FAST;
            default -> throw new TypeConversionException("it must be exact or fast; got " + name);
        };
    }

    /** The word that {@link #convert} reads. */
    public static String word(Numerics numerics) {
        return switch (numerics) {
            case EXACT -> "exact";
            case FAST -> "fast";
        };
    }
}
