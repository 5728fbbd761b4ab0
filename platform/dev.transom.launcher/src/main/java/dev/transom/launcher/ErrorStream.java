package dev.transom.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * Brings the error stream back from the descriptor where the script put it. Java prints a warning about the incubator
 * module at each start, which no option suppresses; the script sends that to nowhere.
 */
final class ErrorStream {

    private static final String PROPERTY = "transom.err";

    private ErrorStream() {}

    static void restore() {
        Integer number = Integer.getInteger(PROPERTY);
        if (number == null) {
            return;
        }
        try {
            // Opening /dev/fd/3 instead would truncate a file that output and errors share.
            var descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
            descriptor.setAccessible(true);
            System.setErr(new PrintStream(new FileOutputStream(descriptor.newInstance(number)), true, System.err.charset()));
        } catch (ReflectiveOperationException | RuntimeException unchanged) {
            System.out.println("transom: errors cannot be shown; " + unchanged);
        }
    }
}
