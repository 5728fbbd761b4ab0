package dev.transom.app.options;

import dev.transom.api.engine.GenerationRequest.ContextFull;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@link ContextFull} as a user writes it: {@code refuse} or {@code shift}. */
public final class ContextFullName implements ITypeConverter<ContextFull> {

    @Override
    public ContextFull convert(String name) {
        return switch (name) {
            case "refuse" -> ContextFull.REFUSE;
            case "shift" -> ContextFull.SHIFT;
            default -> throw new TypeConversionException("it must be refuse or shift; got " + name);
        };
    }
}
