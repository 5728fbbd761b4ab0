package dev.transom.app.options;

import picocli.CommandLine.Option;

/** What the runner of commands adds to a command, for a command below it. */
public final class SubcommandHelp {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--debug", description = "Shows the stack trace of an error.")
    private boolean debug;
}
