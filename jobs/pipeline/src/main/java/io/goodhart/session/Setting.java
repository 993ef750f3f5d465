package io.goodhart.session;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One setting: its name in the file, what it may be, its default and what it says. The order is that of {@code settings}. */
@SuppressWarnings("ImmutableEnumChecker") // kinds are records, defaults are numbers or maps that nobody changes
public enum Setting {
    WINDOW_DAYS(
            "window_days",
            whole(7, 366),
            28L,
            "days of the window that a person is judged by",
            s -> s.windows().windowDays()),
    MINIMUM_OBSERVED_DAYS(
            "minimum_observed_days",
            whole(1, 366),
            14L,
            "days of the window, employed and with a healthy source, that a verdict needs",
            s -> s.windows().minimumObservedDays()),
    BASELINE_DAYS(
            "baseline_days",
            whole(0, 366),
            56L,
            "days before the window that a person is compared with; fewer than window_days: nobody is held against their own earlier weeks",
            s -> s.windows().baselineDays()),
    HISTORY_DAYS(
            "history_days",
            whole(7, 3660),
            182L,
            "days back from the run date that are landed, checked and read: by window, base and training",
            s -> s.windows().historyDays()),
    ALERT_BUDGET(
            "alert_budget",
            new Kind.Share(),
            0.05,
            "largest share of the people scored that may be flagged",
            s -> s.decision().alertBudget()),
    FALSE_DISCOVERY_RATE(
            "false_discovery_rate",
            new Kind.Share(),
            0.1,
            "share of the flagged that may be honest",
            s -> s.decision().falseDiscoveryRate()),
    MAX_REJECTED_SHARE(
            "max_rejected_share",
            new Kind.Share(),
            0.05,
            "share of a table's day that may break the contract's rules; more stops the run",
            Settings::maxRejectedShare),
    MIN_GROUP(
            "min_group",
            whole(1, 10_000),
            5L,
            "fewest people of a unit that open tables show",
            s -> s.decision().minGroup()),
    MODEL_MAX_AGE_DAYS(
            "model_max_age_days",
            whole(1, 3660),
            28L,
            "a model is due when none is dated in so many days before the run date; in a young history sooner, whenever a quarter more window ends can be learned from",
            s -> s.training().modelMaxAgeDays()),
    TRAINING_GAP_DAYS(
            "training_gap_days",
            whole(0, 366),
            28L,
            "training windows end so many days before the run date, or earlier",
            s -> s.training().gapDays()),
    TRAINING_STEP_DAYS(
            "training_step_days",
            whole(1, 366),
            7L,
            "days between training windows",
            s -> s.training().stepDays()),
    MINIMUM_TRAINING_WINDOWS(
            "minimum_training_windows",
            whole(2, 1_000_000_000),
            200L,
            "fewest person-windows that a model is trained on; with fewer everybody is insufficient",
            s -> s.training().minimumWindows()),
    TREES(
            "trees",
            whole(1, 10_000),
            150L,
            "trees of the forest",
            s -> s.forest().trees()),
    SAMPLE_SIZE(
            "sample_size",
            whole(2, 1_000_000),
            1024L,
            "person-windows that each tree is grown from",
            s -> s.forest().sampleSize()),
    SEED(
            "seed",
            new Kind.Whole(Long.MIN_VALUE, Long.MAX_VALUE),
            20260531L,
            "seed of the forest",
            s -> s.forest().seed()),
    LEASE_SECONDS(
            "lease_seconds",
            whole(3, 86_400),
            120L,
            "how long a run that has gone silent holds its date",
            s -> s.leaseSeconds()),
    DEADLINE_SECONDS(
            "deadline_seconds",
            whole(0, 604_800),
            0L,
            "a run that has not begun to publish after so long is stopped, with exit code 8; 0: never",
            s -> s.deadlineSeconds()),
    OUTCOME_WEIGHTS(
            "outcome_weights",
            new Kind.Weights(defaultWeights().keySet()),
            defaultWeights(),
            "what an outcome counts in impact, by its kind",
            Settings::outcomeWeights),
    CATALOG(
            "catalog",
            new Kind.Texts(),
            Map.of(),
            "properties of the Iceberg catalog; empty: SQLite in the warehouse folder",
            Settings::catalog),
    SPARK("spark", new Kind.Texts(), Map.of(), "further settings of the Spark session", Settings::spark);

    private final String key;
    private final Kind kind;
    private final Object byDefault;
    private final String meaning;
    private final Function<Settings, Object> component;

    Setting(String key, Kind kind, Object byDefault, String meaning, Function<Settings, Object> component) {
        this.key = key;
        this.kind = kind;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.component = component;
    }

    /** Returns the setting called {@code key}, if there is one. */
    static Optional<Setting> called(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static EnumMap<Setting, Object> defaults() {
        EnumMap<Setting, Object> values = new EnumMap<>(Setting.class);
        Arrays.stream(values()).forEach(setting -> values.put(setting, setting.byDefault));
        return values;
    }

    /** Returns its name in the file and on the command line. */
    public String key() {
        return key;
    }

    /** Returns what it is when nobody says otherwise. */
    public Object byDefault() {
        return byDefault;
    }

    /** Returns what it says, with unit. */
    public String meaning() {
        return meaning;
    }

    /** Returns its value in {@code settings}. */
    public Object of(Settings settings) {
        return component.apply(settings);
    }

    Kind kind() {
        return kind;
    }

    private static Kind whole(long least, long most) {
        return new Kind.Whole(least, most);
    }

    private static Map<String, Double> defaultWeights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("commit", 0.2);
        weights.put("pull_request_opened", 0.0);
        weights.put("pull_request_merged", 1.0);
        weights.put("pull_request_closed", 0.0);
        weights.put("review", 0.3);
        weights.put("issue_closed", 0.5);
        weights.put("deployment", 0.5);
        weights.put("incident_resolved", 1.0);
        weights.put("document_published", 1.0);
        return weights;
    }
}
