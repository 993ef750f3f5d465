package io.goodhart.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A main class of this class path in a Java process of its own, to be killed at a line that it prints. */
public final class OwnProcess {
    private static final int LONGEST_WAIT_SECONDS = 300;

    private OwnProcess() {}

    /** A process that runs on until it is closed, and the line that was waited for. */
    public record At(Process process, String line) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /**
     * Starts a process, and returns once it has printed a line.
     *
     * @throws IOException if it ends before, as it must when it takes too long
     */
    public static At start(Class<?> main, Predicate<String> awaited, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Duser"))
                .forEach(command::add);
        // It lives for seconds: what a better compiler, compiled plans or more threads save later, it never earns.
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dspark.sql.codegen.factoryMode=NO_CODEGEN"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<Void> tooLong = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (awaited.test(line)) {
                tooLong.cancel(false);
                return new At(process, line);
            }
        }
        throw new IOException(main.getName() + " ended before it had printed what was waited for");
    }
}
