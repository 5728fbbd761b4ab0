package dev.transom.platform.tests;

import dev.transom.launcher.RunningFramework;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A running distribution whose commands are given as a user gives them, and what they print is read. */
final class CommandLineInside implements AutoCloseable {

    /** Exit code and everything printed. */
    record Result(int code, String out, String err) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Replaceable in = new Replaceable();
    private final RunningFramework framework;

    CommandLineInside() throws IOException, BundleException {
        this(Map.of());
    }

    CommandLineInside(Map<String, String> properties) throws IOException, BundleException {
        framework = RunningFramework.start(Distribution.jars(),
                new RunningFramework.Streams(in, printing(out), printing(err)), properties);
    }

    BundleContext context() {
        return framework.context();
    }

    Result run(String... words) {
        return runWithInput("", words);
    }

    Result runWithInput(String input, String... words) {
        out.reset();
        err.reset();
        in.text = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int code = framework.door().applyAsInt(words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws InterruptedException {
        framework.close();
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static final class Replaceable extends InputStream {

        private volatile InputStream text = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
            return text.read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return text.read(bytes, from, count);
        }
    }
}
