package dev.transom.commands.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.platform.Platform;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command early into one sentence on the error stream, and an exit code. */
record ErrorSentences(Session session, String command, boolean debug, Platform platform) {

    int wrongUse(ParameterException exception) {
        // A converter that throws TransomException has already written its sentence.
        if (exception.getCause() instanceof TransomException cause) {
            return failure(cause);
        }
        String rule = exception.getMessage().strip();
        StringBuilder sentence = new StringBuilder(command).append(": ").append(uncapitalised(rule));
        if (!rule.endsWith(".")) {
            sentence.append('.');
        }
        if (exception instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            sentence.append(" Did you mean ").append(unmatched.getSuggestions().getFirst()).append('?');
        }
        session.err().println(sentence + " See: transom " + command + " --help.");
        return Application.WRONG_USE;
    }

    int failure(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        session.err().println(switch (cause) {
            case MissingCapabilityException missing -> withCure(missing);
            case TransomException told -> told.getMessage();
            case InterruptedException stopped -> command + ": stopped.";
            case CancellationException stopped -> command + ": stopped.";
            case OutOfMemoryError full -> command + ": the work must fit into the memory of Java; it did not ("
                    + full.getMessage() + "). Give more: TRANSOM_JAVA_OPTIONS=-Xmx8g.";
            default -> command + ": a mistake of the program, " + cause
                    + (debug ? "." : ". Run again with --debug and report the stack trace.");
        });
        if (debug) {
            thrown.printStackTrace(session.err());
        }
        return Application.WRONG_USE;
    }

    /** Who threw it may have asked the platform already. */
    private String withCure(MissingCapabilityException missing) {
        String cure = platform.whyMissing(missing.namespace(), missing.attribute(), missing.value());
        return missing.getMessage().contains(cure) ? missing.getMessage() : missing.getMessage() + " " + cure;
    }

    /** Futures wrap what a worker threw; the sentence is inside. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String uncapitalised(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
