package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.app.options.SubcommandHelp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures how fast threads read a mapped file: the limit of decoding. */
@Command(name = "read", description = "Measures how fast threads read a file that lies mapped in memory, summing its words: "
    + "the limit of decoding.",
    footer = {"", "Example:", "  transom bench read models/minilm/model.safetensors -t 2"})
final class ReadBench implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Parameters(paramLabel = "FILE", description = "any large file")
    private Path file;

    @Mixin
    private CommonArguments options = new CommonArguments();

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() throws InterruptedException {
        Path path = bench.surroundings().session().resolve(file);
        try (Arena arena = Arena.ofShared(); FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            try (PlainRead read = new PlainRead(List.of(mapped), options.threads())) {
                Samples samples = options.stopwatch().measure(List.of(read::run)).getFirst();
                Rates rates = new Rates("GB/s", "gigabytes_per_second", "none", options.threads())
                    .add("read " + Figures.size(read.bytes()), samples.rates(read.bytes() * 1e-9));
                bench.surroundings().session().out().print(options.json() ? rates.json() + "\n" : rates.text());
            }
        } catch (IOException unreadable) {
            throw new TransomException(path + ": a readable file is required; " + unreadable + ". Check the path.", unreadable);
        }
        return Application.DONE;
    }
}
