package io.goodhart.cli;

import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights at once, of dates that both must land the same new days, on a warehouse that is not there yet; and two in the wrong order. */
class SideBySideIT {
    private static final String MONDAY = "2026-05-04";
    private static final String TUESDAY = "2026-05-05";
    private static final String NEWCOMER = "p3";
    private static final Pattern LANDED = Pattern.compile("days new or changed: (\\d+)");

    @TempDir
    private Path folder;

    @Test
    void eachDayIsLandedOnceAndTheTablesAreThoseOfADateBackfilledAfterALaterOne() throws Exception {
        TestSession.spark();
        String input = TestInput.in(folder.resolve("input"))
                .add(
                        usageEvent().by("p1"),
                        usageEvent().by("p2").at("2026-05-04T23:10:00Z"),
                        usageEvent().by("p1").on(TUESDAY),
                        usageEvent().by(NEWCOMER).on(TUESDAY))
                .add(outcome().by("p1"))
                .add(person("p1"), person("p2"), person(NEWCOMER))
                .root();
        String together = folder.resolve("together").toString();
        String apart = folder.resolve("apart").toString();
        long landed = 0;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<String>> nights = Stream.of(MONDAY, TUESDAY)
                    .<Callable<String>>map(date -> () -> nightly(date, input, together))
                    .toList();
            for (Future<String> night : threads.invokeAll(nights)) {
                Matcher days = LANDED.matcher(night.get());
                assertThat(days.find()).isTrue();
                landed += Long.parseLong(days.group(1));
            }
        } finally {
            threads.shutdownNow();
        }
        nightly(TUESDAY, input, apart);
        nightly(MONDAY, input, apart);

        assertThat(landed).isEqualTo(2);
        for (String table : List.of("person_days", "day_counts", "source_health", "usage_scores", "person_windows")) {
            for (String date : List.of(MONDAY, TUESDAY)) {
                assertThat(rows(table, date, together))
                        .as(table + " of " + date)
                        .isEqualTo(rows(table, date, apart));
            }
        }
        assertThat(rows("person_windows", MONDAY, apart))
                .as("windows of Monday, made when Tuesday was landed")
                .hasSize(2)
                .noneMatch(window -> window.contains(NEWCOMER))
                .allMatch(window -> window.contains("\"active_days\":1,"));
    }

    private static String nightly(String date, String input, String warehouse) {
        return run("nightly", "--date", date, "--input", input, "--warehouse", warehouse);
    }

    /** Returns the rows of a table and date as text, without their run. */
    private List<String> rows(String table, String date, String warehouse) throws IOException {
        Path file = folder.resolve(table + ".jsonl");
        run("export", "--table", table, "--date", date, "--warehouse", warehouse, "--to", file.toString());
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll("\"run_id\":\"[^\"]*\"", ""))
                .toList();
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Goodhart.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
