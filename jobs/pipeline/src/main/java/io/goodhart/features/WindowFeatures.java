package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes {@code person_windows} from {@code person_days}: any number of windows in one pass over the days, one exchange by person.
 *
 * <p>Peers are compared in a second pass over the windows, which are kept until {@link #close}.
 */
public final class WindowFeatures implements AutoCloseable {
    /** Reason for no verdict: fewer days observed than the settings ask for. */
    public static final String TOO_FEW_DAYS = "too_few_days";

    /** Of rows of {@code person_windows}: whether the person's own earlier weeks are known. */
    public static final Column HAS_EARLIER_WEEKS =
            PersonWindows.FEATURES.col().getItem(0).getField("own_baseline").isNotNull();

    private static final UserDefinedFunction ENTRIES = FeatureEntries.function();
    private static final String NORMAL_OUTCOMES = "normal_outcomes";

    private final Dataset<Row> personDays;
    private final Dataset<Row> people;
    private final Calendar calendar;
    private final Observation observation;
    private final Set<String> premiumModels;
    private final FeatureSettings settings;
    private JavaRDD<Row> kept;

    /**
     * @param personDays the landing, at least the days that the windows and their earlier weeks cover
     * @param people rows of {@code people}
     * @param absences rows of {@code absences}
     * @param policyEvents rows of {@code policy_events}
     * @param modelPrices rows of {@code model_prices}
     * @param sourceHealth rows of {@code source_health}
     * @param historyStart the first day of the landing
     * @param runDate the date of the run: model classes are read off the window and the earlier weeks that end on it
     */
    public WindowFeatures(
            Dataset<Row> personDays,
            Dataset<Row> people,
            Dataset<Row> absences,
            Dataset<Row> policyEvents,
            Dataset<Row> modelPrices,
            Dataset<Row> sourceHealth,
            LocalDate historyStart,
            LocalDate runDate,
            FeatureSettings settings) {
        this.personDays = personDays;
        this.people = people.select(
                        People.PERSON_ID.col(),
                        People.ROLE.col(),
                        People.TEAM_ID.col(),
                        People.ORG_ID.col(),
                        People.START_DATE.col(),
                        People.END_DATE.col(),
                        People.FTE.col())
                .join(Absence.byPerson(absences), new String[] {People.PERSON_ID.name()}, "full");
        this.calendar = new Calendar(Policy.of(policyEvents));
        this.observation = Observation.of(sourceHealth, historyStart);
        this.settings = settings;
        this.premiumModels = PremiumModels.of(
                between(firstDayOf(runDate), runDate),
                modelPrices.where(ModelPrices.VALID_FROM.col().leq(lit(runDate))));
    }

    /**
     * Returns one row a person and window end: the columns of {@code person_windows} but for {@code run_id}, with the window's end as
     * {@code run_date}. Only people who used an AI tool in the window have one.
     */
    public Dataset<Row> endingOn(List<LocalDate> ends) {
        close();
        Dataset<Row> own = folded(lit(true), ends, settings.windowDays());
        // a leaf for the plans above, which read it five times; a lost block is folded again
        kept = own.toJavaRDD().persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> windows = own.sparkSession().createDataFrame(kept, PersonWindowsFold.SCHEMA);
        Column judged = PersonWindows.OBSERVED_DAYS.col().geq(settings.minimumObservedDays());
        return impact(Peers.beside(windows, judged), judged)
                .select(
                        PersonWindows.RUN_DATE.col(),
                        PersonWindows.PERSON_ID.col(),
                        PersonWindows.TEAM_ID.col(),
                        PersonWindows.ORG_ID.col(),
                        PersonWindows.ROLE.col(),
                        PersonWindows.OBSERVED_DAYS.col(),
                        PersonWindows.ACTIVE_DAYS.col(),
                        when(judged, lit(null)).otherwise(TOO_FEW_DAYS).as(PersonWindows.INSUFFICIENT.name()),
                        PersonWindows.TOTAL_TOKENS.col(),
                        PersonWindows.COST_USD.col(),
                        PersonWindows.OUTCOMES.col(),
                        PersonWindows.IMPACT.col(),
                        ENTRIES.apply(
                                        col(Peers.VALUES),
                                        col(Peers.MEDIANS),
                                        col(Peers.SPREADS),
                                        col(Peers.MOVES),
                                        col(Peers.EARLIER_VALUES),
                                        col(Peers.FIRST_VALUES))
                                .as(PersonWindows.FEATURES.name()));
    }

    /** Returns the raw features of windows of {@code length} days, for the people whom {@code who} selects. */
    Dataset<Row> folded(Column who, List<LocalDate> ends, int length) {
        LocalDate first =
                firstDayOf(ends.stream().min(Comparator.naturalOrder()).orElseThrow());
        LocalDate last = ends.stream().max(Comparator.naturalOrder()).orElseThrow();
        Dataset<Row> days = between(Calendar.monday(first), last);
        FeatureSettings cut = new FeatureSettings(
                length, settings.baselineDays(), settings.minimumObservedDays(), settings.outcomeWeights());
        return days.where(who)
                .join(
                        SharedPrompts.of(days),
                        new String[] {PersonDays.PERSON_ID.name(), PersonDays.EVENT_DATE.name()},
                        "left")
                .join(
                        ReciprocalMerges.of(days),
                        new String[] {PersonDays.PERSON_ID.name(), PersonDays.EVENT_DATE.name()},
                        "left")
                .join(people, new String[] {People.PERSON_ID.name()}, "left")
                .repartition(PersonDays.PERSON_ID.col())
                .sortWithinPartitions(PersonDays.PERSON_ID.col(), PersonDays.EVENT_DATE.col(), PersonDays.SOURCE.col())
                .select(PersonIterator.reads())
                .mapPartitions(
                        new PersonWindowsFold(ends, cut, calendar, observation, premiumModels),
                        Encoders.row(PersonWindowsFold.SCHEMA));
    }

    /** Lets go of what {@link #endingOn} keeps; its rows must have been used by then. */
    @Override
    public void close() {
        if (kept != null) {
            kept.unpersist();
            kept = null;
        }
    }

    private LocalDate firstDayOf(LocalDate end) {
        return end.minusDays(settings.windowDays() + settings.baselineDays() - 1L);
    }

    private Dataset<Row> between(LocalDate first, LocalDate last) {
        return personDays.where(PersonDays.EVENT_DATE.col().between(lit(first), lit(last)));
    }

    /** Appends impact: outcomes over the median of the judged windows of the same role; null where that median is 0. */
    private static Dataset<Row> impact(Dataset<Row> windows, Column judged) {
        Dataset<Row> medians = windows.where(judged)
                .groupBy(PersonWindows.RUN_DATE.col(), PersonWindows.ROLE.col())
                .agg(expr("percentile(" + PersonWindows.OUTCOMES.name() + ", 0.5)")
                        .as(NORMAL_OUTCOMES));
        return windows.join(medians, new String[] {PersonWindows.RUN_DATE.name(), PersonWindows.ROLE.name()}, "left")
                .withColumn(
                        PersonWindows.IMPACT.name(),
                        when(
                                col(NORMAL_OUTCOMES).gt(0),
                                PersonWindows.OUTCOMES.col().divide(col(NORMAL_OUTCOMES))));
    }
}
