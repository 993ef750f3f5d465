package io.goodhart.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.features.FeatureSet;
import io.goodhart.features.WindowFeatures;
import io.goodhart.findings.HonestNull;
import io.goodhart.findings.HonestNulls;
import io.goodhart.isolation.spark.IsolationForestEstimator;
import io.goodhart.isolation.spark.IsolationForestModel;
import io.goodhart.session.Settings;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.PersonWindows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Trains a forest on person windows of the months before a date, and learns how honest windows score. */
final class TrainingStep {
    private static final String BIN = "bin";
    private static final String FOLD = "fold";
    private static final String IS_SETTLED = "is_settled";

    /** In how many parts people are cut to learn how windows score that a forest has not seen. */
    private static final int FOLDS = 5;

    /** A tree is grown from no fewer windows. */
    private static final int LEAST_SAMPLE = 2;

    /**
     * How far above a node's largest value splits are drawn, in ranges of the node: what is rare in gaming is often absent from the
     * training sample, and a tree that knows no larger value takes the strangest window for the strangest it has seen.
     */
    private static final double RANGE_MARGIN_ABOVE = 3;

    /**
     * How high a tree may grow, in edges. Three of four splits lie above all windows of their node, so that a tree of 1,024 windows has some twenty
     * leaves at the standard height of ten, and who is strange in few features is met by luck. Higher trees cost more to explain (decision 0061).
     */
    private static final int HEIGHT_LIMIT = 50;

    private final Settings settings;
    private final ModelStore store;

    TrainingStep(Settings settings, ModelStore store) {
        this.settings = settings;
        this.store = store;
    }

    /**
     * Returns the new model, or nothing where there are too few windows to learn from.
     *
     * @param features what windows are made from
     * @param historyStart first day of the landing: windows reach back at most to where enough days can have been observed
     */
    Optional<TrainedModel> train(
            WindowFeatures features,
            Dataset<Row> declaredWorkloads,
            LocalDate historyStart,
            LocalDate runDate,
            String runId) {
        List<LocalDate> ends = windowEnds(historyStart, runDate);
        if (ends.isEmpty()) {
            return Optional.empty();
        }
        Dataset<Row> windows = windows(features, ends, declaredWorkloads);
        try {
            List<Long> folds = folds(windows);
            long rows = sum(folds);
            if (!suffices(rows)) {
                return Optional.empty();
            }
            int sampleSize = sampleSize(settings.forest().sampleSize(), folds);
            IsolationForestModel forest = estimator(sampleSize).fit(windows);
            HonestNulls honest = nulls(windows, sampleSize);
            return Optional.of(
                    store.save(forest, honest, runDate, forestSettings(), provenance(ends, rows, historyStart), runId));
        } finally {
            windows.unpersist();
        }
    }

    /**
     * Returns the windows to learn from, kept until they are let go: all of them without the person's own earlier weeks where too few know
     * these to hold anybody against them. Tonight's are cut without them then.
     */
    private Dataset<Row> windows(WindowFeatures features, List<LocalDate> ends, Dataset<Row> declaredWorkloads) {
        Dataset<Row> lookingBack = kept(features.endingOn(ends, true), declaredWorkloads);
        long settled = lookingBack.where(col(IS_SETTLED)).count();
        if (settled == 0 || suffices(settled)) {
            return lookingBack;
        }
        lookingBack.unpersist();
        return kept(features.endingOn(ends, false), declaredWorkloads);
    }

    private Dataset<Row> kept(Dataset<Row> windows, Dataset<Row> declaredWorkloads) {
        return Vectors.with(undeclared(windows, declaredWorkloads)
                        .where(PersonWindows.INSUFFICIENT.col().isNull()))
                .select(
                        col(Vectors.KEY),
                        col(Vectors.FEATURES),
                        pmod(xxhash64(PersonWindows.PERSON_ID.col()), lit(FOLDS))
                                .as(FOLD),
                        WindowFeatures.HAS_EARLIER_WEEKS.as(IS_SETTLED))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Returns how many windows each part of the people has. */
    private static List<Long> folds(Dataset<Row> windows) {
        return windows.groupBy(col(FOLD)).count().collectAsList().stream()
                .map(row -> row.getLong(1))
                .toList();
    }

    /**
     * Returns how many windows each tree is grown from: no more than any of the forests has that the null is learned with. The same window
     * scores higher in a forest of larger trees: who is new would look strange beside those that smaller trees have scored.
     *
     * @param wanted what the settings ask for
     * @param folds how many windows each part of the people has
     */
    static int sampleSize(int wanted, List<Long> folds) {
        long all = sum(folds);
        long others = all - Collections.max(folds);
        return (int) Math.max(LEAST_SAMPLE, Math.min(wanted, others == 0 ? all : others));
    }

    /** Returns the last days of the training windows: a gap before the run date, then a step apart, newest first. */
    List<LocalDate> windowEnds(LocalDate historyStart, LocalDate runDate) {
        LocalDate earliest = historyStart.plusDays(settings.windows().minimumObservedDays() - 1L);
        List<LocalDate> ends = new ArrayList<>();
        for (LocalDate end = runDate.minusDays(settings.training().gapDays());
                !end.isBefore(earliest);
                end = end.minusDays(settings.training().stepDays())) {
            ends.add(end);
        }
        return ends;
    }

    /** Leaves out windows of announced heavy work: they are honest and look like gaming, and would teach the forest to miss it. */
    private Dataset<Row> undeclared(Dataset<Row> windows, Dataset<Row> declaredWorkloads) {
        Column windowStart =
                date_sub(PersonWindows.RUN_DATE.col(), settings.windows().windowDays() - 1);
        Column same = windows.col(PersonWindows.PERSON_ID.name())
                .equalTo(declaredWorkloads.col(DeclaredWorkloads.PERSON_ID.name()));
        Column covered = DeclaredWorkloads.VALID_FROM
                .col()
                .leq(PersonWindows.RUN_DATE.col())
                .and(coalesce(DeclaredWorkloads.VALID_TO.col().geq(windowStart), lit(true)));
        return windows.join(declaredWorkloads, same.and(covered), "left_anti");
    }

    private IsolationForestEstimator estimator(int sampleSize) {
        return new IsolationForestEstimator()
                .setFeaturesCol(Vectors.FEATURES)
                .setKeyCol(Vectors.KEY)
                .setNumTrees(settings.forest().trees())
                .setSampleSize(sampleSize)
                .setSeed(settings.forest().seed())
                .setEdgeLength("unit")
                .setRangeMarginAbove(RANGE_MARGIN_ABOVE)
                .setHeightLimit(HEIGHT_LIMIT);
    }

    /**
     * Learns how honest windows score, with and without a known past of the person.
     *
     * <p>Every window is scored by a forest that has not seen its person: tonight's windows are new to the forest that judges them, and a
     * window is less strange to a forest that was grown from it. The forests share their seed, so that what trees happen to be drawn does
     * not come between them and the one that judges.
     */
    private HonestNulls nulls(Dataset<Row> windows, int sampleSize) {
        long[][] counts = new long[2][HonestNull.BINS];
        for (int fold = 0; fold < FOLDS; fold++) {
            Column held = col(FOLD).equalTo(fold);
            Dataset<Row> others = windows.where(not(held));
            // a tree splits two rows at the least
            boolean areTooFew = others.limit(2).count() < 2;
            IsolationForestModel forest = estimator(sampleSize).fit(areTooFew ? windows : others);
            Column bin = least(floor(col(forest.getScoreCol()).multiply(HonestNull.BINS)), lit(HonestNull.BINS - 1L));
            forest.transform(windows.where(held))
                    .groupBy(col(IS_SETTLED), bin.cast("int").as(BIN))
                    .agg(count(lit(1)))
                    .collectAsList()
                    .forEach(row -> counts[row.getBoolean(0) ? 1 : 0][row.getInt(1)] += row.getLong(2));
        }
        long[] all = sum(counts[0], counts[1]);
        return new HonestNulls(
                suffices(LongStream.of(counts[1]).sum()) ? HonestNull.fit(counts[1]) : null,
                HonestNull.fit(suffices(LongStream.of(counts[0]).sum()) ? counts[0] : all));
    }

    /** Returns whether so many windows are enough to learn from. */
    private boolean suffices(long windows) {
        return windows >= settings.training().minimumWindows();
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private static long[] sum(long[] one, long[] other) {
        return IntStream.range(0, one.length).mapToLong(i -> one[i] + other[i]).toArray();
    }

    /** Returns everything that makes another model of the same history. */
    Map<String, String> forestSettings() {
        Map<String, String> told = windowSettings();
        told.put("trees", String.valueOf(settings.forest().trees()));
        told.put("sample_size", String.valueOf(settings.forest().sampleSize()));
        told.put("seed", String.valueOf(settings.forest().seed()));
        told.put("range_margin_above", String.valueOf(RANGE_MARGIN_ABOVE));
        told.put("height_limit", String.valueOf(HEIGHT_LIMIT));
        return told;
    }

    /** Returns of these what makes other windows, and so other features. */
    Map<String, String> windowSettings() {
        Map<String, String> told = new TreeMap<>();
        told.put("window_days", String.valueOf(settings.windows().windowDays()));
        told.put("baseline_days", String.valueOf(settings.windows().baselineDays()));
        told.put("minimum_observed_days", String.valueOf(settings.windows().minimumObservedDays()));
        told.put("outcome_weights", new TreeMap<>(settings.outcomeWeights()).toString());
        told.put("feature_definitions", String.valueOf(FeatureSet.DEFINITIONS));
        return told;
    }

    private Map<String, String> provenance(List<LocalDate> ends, long windows, LocalDate historyStart) {
        return Map.of(
                "training_windows",
                String.valueOf(windows),
                ModelStore.WINDOW_ENDS,
                String.valueOf(ends.size()),
                "first_window_end",
                ends.get(ends.size() - 1).toString(),
                "last_window_end",
                ends.get(0).toString(),
                "history_start",
                historyStart.toString(),
                "spark_version",
                org.apache.spark.package$.MODULE$.SPARK_VERSION());
    }
}
