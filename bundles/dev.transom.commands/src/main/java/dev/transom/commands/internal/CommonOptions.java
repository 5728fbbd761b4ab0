package dev.transom.commands.internal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command has. */
@Command
final class CommonOptions {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--debug", description = "Shows the stack trace of an error.")
    private boolean debug;
}
