package io.goodhart.jobs;

import io.goodhart.failures.Messages;
import io.goodhart.features.FeatureSet;
import io.goodhart.findings.HonestNull;
import io.goodhart.findings.HonestNulls;
import io.goodhart.isolation.spark.IsolationForestModel;
import io.goodhart.tables.Models;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;

/** Saved models. One is written once, found by table {@code models}, and never changed. */
final class ModelStore {
    /** In a model's provenance: on how many days its training windows end. */
    static final String WINDOW_ENDS = "window_ends";

    private static final String HONEST_SCORES = "honest_scores";
    private static final String NEWCOMERS_SCORES = "honest_scores_newcomers";

    private final Warehouse warehouse;
    private final String folder;

    /** @param folder where models are saved, a Hadoop path */
    ModelStore(Warehouse warehouse, String folder) {
        this.warehouse = warehouse;
        this.folder = folder;
    }

    /** Saves a model and lists it; the same training gives the same id, and is saved once. */
    TrainedModel save(
            IsolationForestModel forest,
            HonestNulls honest,
            LocalDate trainedFor,
            Map<String, String> settings,
            Map<String, String> provenance,
            String runId) {
        String content = trainedFor + "\n" + FeatureSet.names() + "\n" + new TreeMap<>(settings) + "\n"
                + honest.usual().text() + "\n" + honest.newcomers().text();
        String modelId = "forest-" + trainedFor + "-"
                + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 8);
        String location = folder + "/" + modelId;
        if (warehouse.model(modelId).isEmpty()) {
            Warehouse.guardingOwnFiles("cannot save model " + modelId, () -> saved(forest, location));
            Map<String, String> told = new TreeMap<>(provenance);
            if (honest.knowPasts()) {
                told.put(HONEST_SCORES, honest.settledOrNull().text());
            }
            told.put(NEWCOMERS_SCORES, honest.newcomers().text());
            told.put("honest_tail", honest.usual().tail().toString());
            warehouse.addModel(listed(
                    modelId,
                    java.sql.Date.valueOf(trainedFor),
                    FeatureSet.names().toArray(String[]::new),
                    settings,
                    location,
                    told,
                    runId));
        }
        return new TrainedModel(modelId, forest, honest);
    }

    private static String saved(IsolationForestModel forest, String location) {
        try {
            forest.write().overwrite().save(location);
            return location;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Row listed(Object... values) {
        return new GenericRowWithSchema(values, Models.CONTRACT.schema());
    }

    /**
     * Returns the newest model trained for {@code runDate} or up to {@code maxAgeDays} days before, if it was trained on these features with
     * these settings, and the history has not outgrown it; else a new one is due.
     *
     * @param windowEnds on how many days training windows end, of a model that were trained now
     */
    Optional<TrainedModel> inForce(LocalDate runDate, int maxAgeDays, int windowEnds, Map<String, String> settings) {
        return warehouse
                .newestModel(runDate)
                .filter(row -> !trainedFor(row).isBefore(runDate.minusDays(maxAgeDays)))
                .filter(row -> features(row).equals(FeatureSet.names()))
                .filter(row -> settings.equals(row.<String, String>getJavaMap(row.fieldIndex(Models.SETTINGS.name()))))
                .filter(row -> !isOutgrown(windowEndsOf(row), windowEnds))
                .map(this::load);
    }

    /**
     * Returns whether a quarter more window ends can be learned from than a model was: while a history is young, a week adds much to what is
     * known of honest people, and a model of the first weeks finds hardly anybody.
     */
    static boolean isOutgrown(int then, int now) {
        return 4 * now >= 5 * then;
    }

    private static int windowEndsOf(Row row) {
        Map<String, String> provenance = row.getJavaMap(row.fieldIndex(Models.PROVENANCE.name()));
        return Integer.parseInt(provenance.getOrDefault(WINDOW_ENDS, "0"));
    }

    /**
     * Returns the model called {@code modelId}, if it is listed: on a rerun the recorded one scores, also where forests are grown otherwise by
     * now, but on windows of its own cut only.
     *
     * @throws io.goodhart.failures.Failure.ModelUnfit if its windows were cut otherwise than by {@code windowSettings}
     */
    Optional<TrainedModel> find(String modelId, Map<String, String> windowSettings) {
        return warehouse.model(modelId).map(row -> {
            Map<String, String> trainedWith = row.getJavaMap(row.fieldIndex(Models.SETTINGS.name()));
            List<String> differing = windowSettings.keySet().stream()
                    .filter(name -> !trainedWith
                            .getOrDefault(name, windowSettings.get(name))
                            .equals(windowSettings.get(name)))
                    .sorted()
                    .toList();
            if (!differing.isEmpty()) {
                throw Messages.modelOfOtherWindows(modelId, differing);
            }
            return load(row);
        });
    }

    private TrainedModel load(Row row) {
        String modelId = row.getAs(Models.MODEL_ID.name());
        List<String> features = features(row);
        if (!features.equals(FeatureSet.names())) {
            throw Messages.modelUnfit(modelId, FeatureSet.names(), features);
        }
        Map<String, String> provenance = row.getJavaMap(row.fieldIndex(Models.PROVENANCE.name()));
        String settledOrNull = provenance.get(HONEST_SCORES);
        HonestNulls honest = new HonestNulls(
                settledOrNull == null ? null : HonestNull.parse(settledOrNull),
                HonestNull.parse(provenance.getOrDefault(NEWCOMERS_SCORES, settledOrNull)));
        IsolationForestModel forest = Warehouse.guardingOwnFiles(
                "cannot load model " + modelId, () -> IsolationForestModel.load(row.getAs(Models.LOCATION.name())));
        return new TrainedModel(modelId, forest, honest);
    }

    private static List<String> features(Row row) {
        return row.getList(row.fieldIndex(Models.FEATURES.name()));
    }

    private static LocalDate trainedFor(Row row) {
        return LocalDate.parse(
                row.get(row.fieldIndex(Models.TRAINED_FOR.name())).toString());
    }
}
