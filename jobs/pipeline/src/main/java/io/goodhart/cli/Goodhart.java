package io.goodhart.cli;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The program: finds the command, runs it, and leaves with its exit code. */
@Command(
        name = "goodhart",
        description = "Finds AI usage that games its measure. It reports unusual usage, and why; it never says guilty.",
        subcommands = {
            NightlyCommand.class,
            TrainCommand.class,
            CheckCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            ExplainCommand.class,
            CompareCommand.class,
            SimulateCommand.class,
            EvaluateCommand.class,
            RehearseCommand.class,
            NotebookCommand.class,
            SettingsCommand.class
        })
public final class Goodhart {
    private Goodhart() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command line, whose {@code execute} returns the exit code. */
    public static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Goodhart());
        everyCommand(root).forEach(Goodhart::prepare);
        return root.setExecutionStrategy(Goodhart::run)
                .setParameterExceptionHandler((wrong, arguments) ->
                        fail(wrong.getCommandLine(), Messages.invalidArguments(List.of(wrong.getMessage()))))
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(command, thrown));
    }

    /** Help, version and exit codes are the same for every command. */
    private static void prepare(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true).version("goodhart " + version());
        // Every wrong argument is told at once, not one a try.
        command.getCommandSpec().parser().collectErrors(true);
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .autoWidth(true);
    }

    private static int run(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        if (CommandLine.executeHelpRequest(parsed) != null) {
            return ExitCode.DONE.code();
        }
        List<String> problems = parsed.asCommandLineList().stream()
                .flatMap(line -> line.getParseResult().errors().stream())
                .map(Exception::getMessage)
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            int code = fail(command, Messages.invalidArguments(problems));
            wrongSettings(command.getCommandSpec()).ifPresent(wrong -> fail(command, wrong));
            return code;
        }
        if (!parsed.hasSubcommand()) {
            command.usage(command.getErr());
            return ExitCode.ARGUMENTS.code();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Settings that cannot be used are told beside wrong arguments, not one a try. */
    private static Optional<Failure> wrongSettings(CommandSpec command) {
        if (command.userObject() instanceof ConfigOptions config) {
            try {
                config.settings();
            } catch (Failure wrong) {
                return Optional.of(wrong);
            }
        }
        return command.mixins().values().stream()
                .flatMap(mixin -> wrongSettings(mixin).stream())
                .findFirst();
    }

    private static int failed(CommandLine command, Exception thrown) {
        if (ShutdownHookManager.get().isShutdownInProgress()) {
            // A signal has stopped Spark under the command; what it ran into is not worth a word.
            return ExitCode.OUR_FAULT.code();
        }
        if (thrown instanceof Failure failure) {
            return fail(command, failure);
        }
        thrown.printStackTrace(command.getErr());
        command.getErr().println("goodhart: this is a fault of the program; please report it with the lines above.");
        return ExitCode.OUR_FAULT.code();
    }

    private static int fail(CommandLine command, Failure failure) {
        command.getErr().println("goodhart: " + failure.getMessage());
        command.getErr().flush();
        return failure.exitCode().code();
    }

    static String version() {
        return String.valueOf(Goodhart.class.getPackage().getImplementationVersion());
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(String.valueOf(code.code()), code.meaning()));
        codes.put("130", "stopped by SIGINT");
        codes.put("143", "stopped by SIGTERM");
        return codes;
    }

    private static List<CommandLine> everyCommand(CommandLine root) {
        return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
                .toList();
    }
}
