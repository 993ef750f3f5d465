package io.goodhart.features;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes {@code person_windows} from {@code person_days}: any number of windows in one pass over the days, one exchange by person.
 *
 * <p>Peers are compared in a second pass over the windows, which are kept until {@link #close} or the next {@link #endingOn}.
 */
public final class WindowFeatures implements AutoCloseable {
    /** Reason for no verdict: fewer days observed than the settings ask for. */
    public static final String TOO_FEW_DAYS = "too_few_days";

    /** Of rows of {@code person_windows}: whether the person's own earlier weeks are known. */
    public static final Column HAS_EARLIER_WEEKS =
            PersonWindows.FEATURES.col().getItem(0).getField("own_baseline").isNotNull();

    private static final StructType SCHEMA =
            new StructType(Stream.of(PersonWindows.CONTRACT.schema().fields())
                    .filter(field -> !field.name().equals(PersonWindows.RUN_ID.name()))
                    .toArray(StructField[]::new));

    private final Dataset<Row> personDays;
    private final Dataset<Row> people;
    private final Calendar calendar;
    private final Observation observation;
    private final Set<String> premiumModels;
    private final FeatureSettings settings;
    private JavaRDD<OwnWindow> kept;
    private Dataset<Row> amongColleagues;
    private LocalDate amongColleaguesUntil;

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
                between(personDays, firstDayOf(runDate), runDate),
                modelPrices.where(ModelPrices.VALID_FROM.col().leq(lit(runDate))));
    }

    /**
     * Returns one row a person and window end: the columns of {@code person_windows} but for {@code run_id}, with the window's end as
     * {@code run_date}. Only people who used an AI tool in the window have one.
     */
    public Dataset<Row> endingOn(List<LocalDate> ends) {
        letGoOfWindows();
        // read twice: for the peers, and beside them; a lost block is folded again
        kept = folded(lit(true), ends, settings.windowDays()).persist(StorageLevel.MEMORY_AND_DISK());
        int enough = settings.minimumObservedDays();
        Peers peers = Peers.among(kept.filter(window -> window.observedDays() >= enough));
        return people.sparkSession().createDataFrame(kept.map(window -> row(window, enough, peers)), SCHEMA);
    }

    private static Row row(OwnWindow window, int enough, Peers peers) {
        return RowFactory.create(
                Date.valueOf(window.end()),
                window.personId(),
                window.teamId(),
                window.orgId(),
                window.role(),
                window.observedDays(),
                window.activeDays(),
                window.observedDays() >= enough ? null : TOO_FEW_DAYS,
                window.totalTokens(),
                window.costUsdOrNull(),
                window.outcomes(),
                peers.impactOrNull(window),
                FeatureEntries.of(window, peers.besideOrNull(window.end(), window.role())));
    }

    /** Returns the raw features of windows of {@code length} days, for the people whom {@code who} selects. */
    JavaRDD<OwnWindow> folded(Column who, List<LocalDate> ends, int length) {
        LocalDate first =
                firstDayOf(ends.stream().min(Comparator.naturalOrder()).orElseThrow());
        LocalDate last = ends.stream().max(Comparator.naturalOrder()).orElseThrow();
        FeatureSettings cut = new FeatureSettings(
                length, settings.baselineDays(), settings.minimumObservedDays(), settings.outcomeWeights());
        // what days have in common comes as rows of its own: joining it would have the days cross an exchange more
        return between(personDays, Calendar.monday(first), last)
                .unionByName(between(amongColleagues(last), Calendar.monday(first), last), true)
                .where(who)
                .join(people, new String[] {People.PERSON_ID.name()}, "left")
                .repartition(PersonDays.PERSON_ID.col())
                .sortWithinPartitions(PersonDays.PERSON_ID.col(), PersonDays.EVENT_DATE.col(), PersonDays.SOURCE.col())
                .select(PersonRows.reads())
                .toJavaRDD()
                .mapPartitions(new PersonWindowsFold(ends, cut, calendar, observation, premiumModels));
    }

    /**
     * Returns what days have in common with other people's, as it was known on {@code last}: counts by person and day, which add up. It
     * is kept: the windows of a night and the weeks behind its findings end on the same day.
     */
    private Dataset<Row> amongColleagues(LocalDate last) {
        if (!last.equals(amongColleaguesUntil)) {
            letGoOfColleagues();
            Dataset<Row> days = personDays.where(PersonDays.EVENT_DATE.col().leq(lit(last)));
            amongColleagues = SharedPrompts.of(days)
                    .unionByName(ReciprocalMerges.of(days), true)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            amongColleaguesUntil = last;
        }
        return amongColleagues;
    }

    /** Lets go of what is kept; the rows of {@link #endingOn} must have been used by then. */
    @Override
    public void close() {
        letGoOfWindows();
        letGoOfColleagues();
    }

    private void letGoOfWindows() {
        if (kept != null) {
            kept.unpersist();
            kept = null;
        }
    }

    private void letGoOfColleagues() {
        if (amongColleagues != null) {
            amongColleagues.unpersist();
            amongColleagues = null;
            amongColleaguesUntil = null;
        }
    }

    private LocalDate firstDayOf(LocalDate end) {
        return end.minusDays(settings.windowDays() + settings.baselineDays() - 1L);
    }

    private static Dataset<Row> between(Dataset<Row> days, LocalDate first, LocalDate last) {
        return days.where(PersonDays.EVENT_DATE.col().between(lit(first), lit(last)));
    }
}
