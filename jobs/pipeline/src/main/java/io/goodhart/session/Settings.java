package io.goodhart.session;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every setting of a run. Read from one YAML file by {@link SettingsReader}; each setting's name, default, range and meaning stand in
 * {@link Setting}.
 *
 * @param windows which days a person is judged by
 * @param decision what is reported, and how much of it
 * @param training when a model is due and what it learns from
 * @param forest the isolation forest
 * @param maxRejectedShare share of a table's day that may break the contract's rules
 * @param leaseSeconds how long a silent run holds its date
 * @param deadlineSeconds how long a run may take until it publishes; 0: as long as it takes
 * @param outcomeWeights what an outcome counts in impact, by its kind
 * @param catalog properties of the Iceberg catalog; empty: SQLite in the warehouse folder
 * @param spark further settings of the Spark session
 */
public record Settings(
        Windows windows,
        Decision decision,
        Training training,
        Forest forest,
        double maxRejectedShare,
        int leaseSeconds,
        int deadlineSeconds,
        Map<String, Double> outcomeWeights,
        Map<String, String> catalog,
        Map<String, String> spark) {

    /** Which days a person is judged by: the window, the base before it, and how far back anything is read. */
    public record Windows(int windowDays, int minimumObservedDays, int baselineDays, int historyDays) {}

    /** What is reported: the share of people, the share of false findings borne, the smallest unit shown. */
    public record Decision(double alertBudget, double falseDiscoveryRate, int minGroup) {}

    /** When a model is due and which windows it learns from. */
    public record Training(int modelMaxAgeDays, int gapDays, int stepDays, int minimumWindows) {}

    /** The isolation forest. */
    public record Forest(int trees, int sampleSize, long seed) {}

    public Settings {
        outcomeWeights = Collections.unmodifiableMap(new LinkedHashMap<>(outcomeWeights));
        catalog = Collections.unmodifiableMap(new LinkedHashMap<>(catalog));
        spark = Collections.unmodifiableMap(new LinkedHashMap<>(spark));
    }

    /** Returns the settings of a run that is told nothing. */
    public static Settings defaults() {
        return of(Setting.defaults());
    }

    /** Returns the settings with these values, which {@link Kind} has checked. */
    static Settings of(EnumMap<Setting, Object> values) {
        return new Settings(
                new Windows(
                        whole(values, Setting.WINDOW_DAYS),
                        whole(values, Setting.MINIMUM_OBSERVED_DAYS),
                        whole(values, Setting.BASELINE_DAYS),
                        whole(values, Setting.HISTORY_DAYS)),
                new Decision(
                        (Double) values.get(Setting.ALERT_BUDGET),
                        (Double) values.get(Setting.FALSE_DISCOVERY_RATE),
                        whole(values, Setting.MIN_GROUP)),
                new Training(
                        whole(values, Setting.MODEL_MAX_AGE_DAYS),
                        whole(values, Setting.TRAINING_GAP_DAYS),
                        whole(values, Setting.TRAINING_STEP_DAYS),
                        whole(values, Setting.MINIMUM_TRAINING_WINDOWS)),
                new Forest(whole(values, Setting.TREES), whole(values, Setting.SAMPLE_SIZE), (Long)
                        values.get(Setting.SEED)),
                (Double) values.get(Setting.MAX_REJECTED_SHARE),
                whole(values, Setting.LEASE_SECONDS),
                whole(values, Setting.DEADLINE_SECONDS),
                Kind.weights(values.get(Setting.OUTCOME_WEIGHTS)),
                Kind.texts(values.get(Setting.CATALOG)),
                Kind.texts(values.get(Setting.SPARK)));
    }

    /**
     * Returns every setting by its name, in order, as it is recorded and printed. A map's entries stand one by one
     * ({@code outcome_weights.commit}); what looks like a secret is not told.
     */
    public Map<String, String> asMap() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            Object value = setting.of(this);
            if (value instanceof Map<?, ?> entries) {
                entries.forEach((key, entry) ->
                        all.put(setting.key() + "." + key, Secrets.mask(String.valueOf(key), String.valueOf(entry))));
            } else {
                all.put(setting.key(), String.valueOf(value));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    private static int whole(EnumMap<Setting, Object> values, Setting setting) {
        return Math.toIntExact((Long) values.get(setting));
    }
}
