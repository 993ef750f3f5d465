package io.goodhart.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A main class of this class path in a Java process of its own, to be killed at a line that it prints. */
public final class OwnProcess {
    private OwnProcess() {}

    /** A process that runs on, and the line that was waited for. */
    public record At(Process process, String line) {}

    /**
     * Starts a process, and returns once it has printed a line.
     *
     * @throws IOException if it ends before
     */
    public static At start(Class<?> main, Predicate<String> awaited, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Duser"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (awaited.test(line)) {
                return new At(process, line);
            }
        }
        throw new IOException(main.getName() + " ended before it had printed what was waited for");
    }
}
