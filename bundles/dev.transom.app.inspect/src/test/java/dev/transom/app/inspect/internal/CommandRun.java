package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * One run of a command.
 *
 * @param code what it returned
 * @param out  what it printed
 */
record CommandRun(int code, String out) {

    static CommandRun of(Path folder, Function<Session, Callable<Integer>> command, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        Session session = new Session(printer, new PrintWriter(new StringWriter()), InputStream.nullInputStream(), false,
            false, 80, folder.toAbsolutePath());
        CommandLine line = new CommandLine(command.apply(session));
        TransomException[] refused = new TransomException[1];
        line.setExecutionExceptionHandler((failure, _, _) -> {
            refused[0] = (TransomException) failure;
            return 2;
        });
        int code = line.execute(arguments);
        if (refused[0] != null) {
            throw refused[0];
        }
        printer.flush();
        return new CommandRun(code, out.toString());
    }
}
