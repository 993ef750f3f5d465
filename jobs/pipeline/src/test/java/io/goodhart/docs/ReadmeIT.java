package io.goodhart.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README's shell blocks, as a reader runs them: the launcher, in the order of the page, beside {@code data-samples}. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern SHELL_BLOCK = Pattern.compile("(?ms)^```(?:bash|sh)?\\n(.*?)^```");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");

    /** Commands whose output is for people, not for a log. */
    private static final Pattern SHOWS_PEOPLE = Pattern.compile("bin/goodhart (show|explain|compare) .*");

    private static final int LONGEST_MINUTES = 10;

    @TempDir
    private static Path folder;

    private static Set<String> people;

    @BeforeAll
    static void lookLikeAClone() throws IOException {
        Files.createSymbolicLink(folder.resolve("bin"), ROOT.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("data-samples"), ROOT.resolve("data-samples"));
        // A page is written beside its notebook.
        Path notebooks = Files.createDirectory(folder.resolve("notebooks-export"));
        try (Stream<Path> sources = Files.list(ROOT.resolve("notebooks-export"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".sql")).toList()) {
                Files.copy(source, notebooks.resolve(source.getFileName()));
            }
        }
        people = values(ROOT.resolve("data-samples/people"), "person_id");
    }

    @TestFactory
    Stream<DynamicTest> everyCommandEndsWellAndNoneThatRunsUnattendedNamesAnybody() throws IOException {
        List<String> commands = commands(Files.readString(ROOT.resolve("README.md")));
        assertThat(commands).anyMatch(command -> command.startsWith("bin/goodhart nightly "));
        return commands.stream().map(command -> DynamicTest.dynamicTest(command, () -> runs(command)));
    }

    private static void runs(String command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(printed);
        assertThat(process.exitValue()).as(text).isZero();
        if (SHOWS_PEOPLE.matcher(command).matches()) {
            assertThat(people).anyMatch(text::contains);
        } else {
            assertThat(people).noneMatch(text::contains);
        }
        Matcher written = Pattern.compile("--to (\\S+\\.parquet)").matcher(command);
        if (written.find()) {
            assertThat(values(folder.resolve(written.group(1)), "person_id")).isSubsetOf(people);
        }
    }

    /** Returns the launcher's commands, in the order of the page; what else its blocks hold is not ours to run. */
    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Matcher blocks = SHELL_BLOCK.matcher(page);
        while (blocks.find()) {
            blocks.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .map(line -> COMMENT.matcher(line).replaceFirst("").strip())
                    .filter(line -> line.startsWith("bin/goodhart "))
                    .forEach(commands::add);
        }
        return commands;
    }

    /** Reads a column of texts with no help of ours. */
    private static Set<String> values(Path fileOrFolder, String column) throws IOException {
        Set<String> values = new TreeSet<>();
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                try (ParquetReader<Group> rows = ParquetReader.builder(
                                new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                        .withConf(new Configuration())
                        .build()) {
                    for (Group row = rows.read(); row != null; row = rows.read()) {
                        values.add(row.getString(column, 0));
                    }
                }
            }
        }
        assertThat(values).isNotEmpty();
        return values;
    }
}
