package io.goodhart.benchmarks.landing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of its own, for what is measured must not find the compiled code and the heap of what was measured before. */
final class Child {
    /** Where the benchmarks keep what they make. */
    static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "goodhart-bench");

    private static final String RESULT = "RESULT ";

    private Child() {}

    /**
     * Runs a program and returns the numbers of its line that begins with {@value #RESULT}.
     *
     * @param name of its log
     * @param heap of it, such as {@code 2g}
     * @throws IllegalStateException if it fails, or says no such line
     */
    static double[] run(String name, String heap, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        return numbers(lines(name, heap, List.of(), program, arguments));
    }

    /** Returns the numbers of the line that begins with {@value #RESULT}. */
    static double[] numbers(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .map(line -> Arrays.stream(line.substring(RESULT.length()).split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .orElseThrow(() -> new IllegalStateException("the program told no result"));
    }

    /** As {@link #run}, with further options of Java, and returns all lines that the program printed. */
    static List<String> lines(String name, String heap, List<String> options, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve(name + ".log");
        Process process = new ProcessBuilder(command(heap, options, program.getName(), arguments))
                .redirectError(log.toFile())
                .start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(name + ": " + line);
                printed.add(line);
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(name + " failed: see " + log);
        }
        return printed;
    }

    /** Returns the command that runs a class of this program's class path. */
    static List<String> command(String heap, List<String> options, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-XX:MetaspaceSize=256m",
                "-Duser.timezone=UTC"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), program));
        command.addAll(arguments);
        return command;
    }

    /** An archive of classes takes no folders on the class path: the jar of these benchmarks stands for their classes. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> Files.isDirectory(entry) ? packed(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path packed(Path classes) {
        try (Stream<Path> target = Files.list(classes.getParent())) {
            return target.filter(file -> file.getFileName().toString().matches("benchmarks-[0-9.]+[.]jar"))
                    .findFirst()
                    .orElse(classes);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Removes a folder that an earlier run has left. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException refused) {
                        throw new UncheckedIOException(refused);
                    }
                });
            }
        }
    }
}
