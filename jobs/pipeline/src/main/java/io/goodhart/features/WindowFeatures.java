package io.goodhart.features;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.rows.InnerRows;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonWindows;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Makes {@code person_windows} from packed weeks: any number of windows, of one pass over the weeks and one exchange by person.
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

    private final Dataset<Row> personWeeks;
    private final Dataset<Row> people;
    private final Dataset<Row> absences;
    private final Set<String> premiumModels;
    private final Calendar calendar;
    private final Observation observation;
    private final FeatureSettings settings;
    private JavaRDD<InternalRow> rows;
    private JavaRDD<OwnWindow> kept;

    /**
     * @param personWeeks rows of {@code person_weeks} or of {@link PackedWeeks#of}: the days that windows and their earlier weeks cover
     * @param people rows of {@code people}
     * @param absences rows of {@code absences}
     * @param policyEvents rows of {@code policy_events}
     * @param modelPrices rows of {@code model_prices}
     * @param sourceHealth rows of {@code source_health}
     * @param historyStart the first day of the landing
     * @param runDate the date of the run: model classes are read off the window that ends on it
     */
    public WindowFeatures(
            Dataset<Row> personWeeks,
            Dataset<Row> people,
            Dataset<Row> absences,
            Dataset<Row> policyEvents,
            Dataset<Row> modelPrices,
            List<Row> sourceHealth,
            LocalDate historyStart,
            LocalDate runDate,
            FeatureSettings settings) {
        this.personWeeks = personWeeks;
        this.people = people;
        this.absences = absences;
        this.calendar = new Calendar(Policy.of(policyEvents));
        this.observation = Observation.of(sourceHealth, historyStart);
        this.settings = settings;
        this.premiumModels = PremiumModels.of(
                personWeeks,
                runDate.minusDays(settings.windowDays() - 1L),
                runDate,
                modelPrices.where(ModelPrices.VALID_FROM.col().leq(lit(runDate))));
    }

    /**
     * Returns one row a person and window end: the columns of {@code person_windows} but for {@code run_id}, with the window's end as
     * {@code run_date}. Only people who used an AI tool in the window have one.
     *
     * @param lookingBack whether windows are held against the person's own earlier weeks, where these are known; they must not where there
     *     was nothing to learn from that does
     */
    public Dataset<Row> endingOn(List<LocalDate> ends, boolean lookingBack) {
        close();
        // read twice: for the peers, and beside them; a lost block is folded again
        kept = rows().mapPartitions(
                        new PersonWindowsFold(ends, cutter(settings.windowDays(), lookingBack), premiumModels))
                .persist(StorageLevel.MEMORY_AND_DISK());
        int enough = settings.minimumObservedDays();
        Peers peers = Peers.among(kept.filter(window -> window.observedDays() >= enough));
        return InnerRows.dataset(
                personWeeks.sparkSession(),
                kept.map(window -> row(window, enough, peers)).rdd(),
                SCHEMA);
    }

    private static InternalRow row(OwnWindow window, int enough, Peers peers) {
        return new GenericInternalRow(new Object[] {
            (int) window.end().toEpochDay(),
            UTF8String.fromString(window.personId()),
            UTF8String.fromString(window.teamId()),
            UTF8String.fromString(window.orgId()),
            UTF8String.fromString(window.role()),
            window.observedDays(),
            window.activeDays(),
            window.observedDays() >= enough ? null : UTF8String.fromString(TOO_FEW_DAYS),
            window.totalTokens(),
            window.microDollarsOrNull() == null
                    ? null
                    : Decimal.createUnsafe(
                            window.microDollarsOrNull(), ColumnSpec.MONEY.precision(), ColumnSpec.MONEY.scale()),
            window.outcomes(),
            peers.impactOrNull(window),
            FeatureEntries.of(window, peers.besideOrNull(window.end(), window.role()))
        });
    }

    /** Returns what windows of a few people are cut from. */
    JavaRDD<InternalRow> rowsOf(Collection<String> personIds) {
        Set<UTF8String> wanted = personIds.stream().map(UTF8String::fromString).collect(Collectors.toSet());
        return rows().filter(row -> wanted.contains(row.getUTF8String(PersonRows.PERSON)));
    }

    /**
     * Returns what cuts windows of {@code length} days, with the person's own earlier weeks if {@code lookingBack}. Of a shorter window
     * as large a part must have been observed.
     */
    WindowCutter cutter(int length, boolean lookingBack) {
        int minimumObservedDays = settings.minimumObservedDays() * length / settings.windowDays();
        return new WindowCutter(
                new FeatureSettings(length, settings.baselineDays(), minimumObservedDays, settings.outcomeWeights()),
                calendar,
                observation,
                lookingBack);
    }

    /** Returns the models of the dearest class. */
    Set<String> premiumModels() {
        return premiumModels;
    }

    /** Returns what windows are cut from. Spark runs the exchange when the rows are asked for, and keeps it for whoever asks next. */
    private JavaRDD<InternalRow> rows() {
        if (rows == null) {
            rows = PersonRows.of(personWeeks, people, absences);
        }
        return rows;
    }

    /** Lets go of what is kept; the rows of {@link #endingOn} must have been used by then. */
    @Override
    public void close() {
        if (kept != null) {
            kept.unpersist();
            kept = null;
        }
    }
}
