package io.goodhart.benchmarks.landing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what one landing costs as events, people, their unevenness and a day's size grow; each in a process of its own. */
public final class GrowthTable {
    private static final int PEOPLE = 20_000;
    private static final int DAYS = 90;
    private static final double HOT_LIMIT = 2;

    /** By how much a further event may cost more in a large history than in a small one, and still be called linear. */
    private static final double LINEAR_LIMIT = 1.1;

    private static final List<Case> CASES = List.of(
            new Case(new HistorySettings(2_000_000, PEOPLE, DAYS, 0, true, 1), "2g"),
            new Case(new HistorySettings(20_000_000, PEOPLE, DAYS, 0, true, 1), "2g"),
            new Case(new HistorySettings(100_000_000, PEOPLE, DAYS, 0, true, 1), "2g"),
            new Case(new HistorySettings(20_000_000, 2_000, DAYS, 0, true, 1), "2g"),
            new Case(new HistorySettings(20_000_000, 200_000, DAYS, 0, true, 1), "2g"),
            new Case(new HistorySettings(20_000_000, PEOPLE, DAYS, 0, true, 1), "1536m"),
            new Case(new HistorySettings(20_000_000, PEOPLE, DAYS, 0.3, true, 1), "1536m"),
            new Case(new HistorySettings(10_000_000, PEOPLE, 1, 0, true, 1), "2g"));

    private GrowthTable() {}

    private record Case(HistorySettings history, String heap) {}

    /** Prints a line a case, of those that {@code bench.cases} names by number from 1, or of all, and after all of them how they compare. */
    public static void print() throws Exception {
        String chosen = System.getProperty("bench.cases", "");
        System.out.println(
                "| events | people | days | hottest person | heap | CPU s | CPU s a million | wall s | peak MiB |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        List<double[]> found = new ArrayList<>();
        for (int number = 0; number < CASES.size(); number++) {
            if (chosen.isEmpty() || List.of(chosen.split(",")).contains(String.valueOf(number + 1))) {
                found.add(print(CASES.get(number)));
            }
        }
        if (found.size() == CASES.size()) {
            compare(found);
        }
    }

    private static void compare(List<double[]> found) {
        double[] few = found.get(0);
        double[] many = found.get(1);
        double[] most = found.get(2);
        double small = (many[LandingRun.FIRST] - few[LandingRun.FIRST]) / 18;
        double large = (most[LandingRun.FIRST] - many[LandingRun.FIRST]) / 80;
        System.out.printf(
                Locale.ROOT,
                "each million more: %.2f CPU s from 2 to 20 million events, %.2f from 20 to 100: %.2f times (limit %.1f)%n",
                small,
                large,
                large / small,
                LINEAR_LIMIT);
        System.out.printf(
                Locale.ROOT,
                "5 times the events in the same heap: peak %.2f times, %.0f MiB (limit %.0f)%n",
                most[LandingRun.PEAK] / many[LandingRun.PEAK],
                most[LandingRun.PEAK],
                LandingSideBySide.PEAK_LIMIT_MEBIBYTES);
        double[] even = found.get(5);
        double[] hot = found.get(6);
        System.out.printf(
                Locale.ROOT,
                "a person of 30 %% of all rows to even data: wall %.2f, CPU %.2f (limit %.0f)%n",
                hot[LandingRun.WALL] / even[LandingRun.WALL],
                hot[LandingRun.FIRST] / even[LandingRun.FIRST],
                HOT_LIMIT);
    }

    private static double[] print(Case one) throws Exception {
        HistorySettings history = one.history();
        Path input = history.input();
        new HistoryWriter(history, input).write();
        Path output = Child.FOLDER.resolve("out-growth");
        Child.delete(output);
        double[] found = Child.run(
                "growth",
                one.heap(),
                LandingRun.class,
                List.of(
                        "ours",
                        input.toString(),
                        output.toString(),
                        HistoryWriter.first().toString(),
                        HistoryWriter.last(history).toString(),
                        "once"));
        Child.delete(output);
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,d | %d | %.0f %% | %s | %.1f | %.2f | %.1f | %.0f |%n",
                history.events(),
                history.people(),
                history.days(),
                100 * history.hotShare(),
                one.heap(),
                found[LandingRun.FIRST],
                found[LandingRun.FIRST] / history.events() * 1e6,
                found[LandingRun.WALL],
                found[LandingRun.PEAK]);
        return found;
    }
}
