package io.goodhart.jobs.desk;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.findings.Words;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Says why a person stands elsewhere than in an earlier night: what changed most about them, or else about the night. */
final class WhyChanged {
    private static final int MOST_FEATURES = 2;

    /** A change of score that is not worth a reason of its own. */
    private static final double SMALL = 0.005;

    private WhyChanged() {}

    /** Returns the reason in words; for people who are in rank on one of the two nights. */
    static String words(String person, PublishedNight then, PublishedNight now) {
        if (now.isSuppressed(person)) {
            return "declared in declared_workloads, or judged benign or planned_activity in dispositions";
        }
        if (then.isSuppressed(person)) {
            return "no longer covered by a row of declared_workloads or dispositions";
        }
        TableRow before = then.scores().get(person);
        TableRow after = now.scores().get(person);
        if (before == null || after == null) {
            return "used no AI tool in the window that ended on " + (before == null ? then : now).runDate();
        }
        if (before.isNull(UsageScores.SCORE) || after.isNull(UsageScores.SCORE)) {
            TableRow without = before.isNull(UsageScores.SCORE) ? before : after;
            return "no verdict on " + without.text(UsageScores.RUN_DATE) + ": "
                    + without.text(UsageScores.INSUFFICIENT);
        }
        double rise = after.real(UsageScores.SCORE) - before.real(UsageScores.SCORE);
        boolean isSameModel = then.modelId().equals(now.modelId());
        if (Math.abs(rise) < SMALL) {
            return isSameModel ? "the score hardly changed: " + others(then, now) : "another model";
        }
        // what moved the score explains no step to the other side
        if (rise * Integer.compare(then.place(person), now.place(person)) < 0) {
            String score = rise > 0 ? "though the score rose: " : "though the score fell: ";
            return isSameModel ? score + others(then, now) : "another model";
        }
        String features = features(then.windows().get(person), now.windows().get(person), rise);
        return isSameModel ? features : features + "; another model";
    }

    private static String others(PublishedNight then, PublishedNight now) {
        return then.lastReported().equals(now.lastReported())
                ? "the others moved"
                : String.format(Locale.ROOT, "reported up to a p-value of %s then, %s now", p(then), p(now));
    }

    private static String p(PublishedNight night) {
        return night.lastReported()
                .map(p -> String.format(Locale.ROOT, "%.3g", p))
                .orElse("none");
    }

    /** The features whose distance from role peers changed most, to the side that the score went. */
    private static String features(TableRow before, TableRow after, double rise) {
        Map<String, Row> then = entries(before);
        Map<String, Row> now = entries(after);
        List<String> told = FeatureSet.DIRECTED.stream()
                .filter(feature -> then.containsKey(feature.name()) && now.containsKey(feature.name()))
                .map(feature -> new Moved(feature, then.get(feature.name()), now.get(feature.name())))
                .filter(moved -> moved.by() * rise > 0)
                .sorted(Comparator.comparingDouble((Moved moved) -> -Math.abs(moved.by())))
                .limit(MOST_FEATURES)
                .map(Moved::words)
                .toList();
        return told.isEmpty() ? "the model weighs the same usage otherwise" : String.join("; ", told);
    }

    private static Map<String, Row> entries(TableRow window) {
        return window == null
                ? Map.of()
                : window.entries(PersonWindows.FEATURES).stream()
                        .filter(Objects::nonNull)
                        .collect(Collectors.toMap(
                                entry -> entry.<String>getAs("feature"),
                                entry -> entry,
                                (one, other) -> one,
                                TreeMap::new));
    }

    /** One feature of one person on two nights. */
    private record Moved(Feature feature, Row then, Row now) {
        double by() {
            return now.<Double>getAs("directed") - then.<Double>getAs("directed");
        }

        String words() {
            return Words.change(feature, then.<Double>getAs("value"), now.<Double>getAs("value"));
        }
    }
}
