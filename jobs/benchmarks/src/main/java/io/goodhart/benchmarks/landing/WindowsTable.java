package io.goodhart.benchmarks.landing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints what windows cost that are cut from the history of 20 million events, which is landed first if {@link LandingSideBySide} has not. */
public final class WindowsTable {
    private static final double LIMIT_SECONDS = 10;

    private WindowsTable() {}

    /** Prints the windows of one night, and all training windows in one pass. */
    public static void print() throws Exception {
        HistorySettings history = HistorySettings.twentyMillion();
        Path input = history.input();
        new HistoryWriter(history, input).write();
        Path landed = history.landed("ours");
        List<String> days = List.of(
                HistoryWriter.first().toString(), HistoryWriter.last(history).toString());
        if (!Files.exists(landed.resolve("second_restricted"))) {
            Child.run(
                    "ours",
                    "2g",
                    LandingRun.class,
                    List.of("ours", input.toString(), landed.toString(), days.get(0), days.get(1)));
        }
        double[] spent = Child.run(
                "windows",
                "3g",
                WindowsRun.class,
                List.of(input.toString(), landed.toString(), days.get(0), days.get(1)));
        System.out.println("| windows of " + history.people() + " people | first, CPU s | warm, CPU s |");
        System.out.println("|---|---|---|");
        if (spent[6] > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "| packing %.0f weeks that are over, once for all nights | %.1f | |%n",
                    spent[6],
                    spent[7]);
        }
        System.out.printf(
                Locale.ROOT, "| the pass over the weeks, training windows | %.1f | %.1f |%n", spent[0], spent[2]);
        System.out.printf(Locale.ROOT, "| one night's, after them | %.1f | %.1f |%n", spent[1], spent[3]);
        System.out.printf(
                Locale.ROOT, "| one night's alone, its own pass included | %.1f | %.1f |%n", spent[4], spent[5]);
        System.out.printf(
                Locale.ROOT,
                "a night's windows, warm: %.1f s (limit %.0f); with training: %.1f s%n",
                spent[5],
                LIMIT_SECONDS,
                spent[2] + spent[3]);
    }
}
