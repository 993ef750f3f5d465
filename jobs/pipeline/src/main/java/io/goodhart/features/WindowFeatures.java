package io.goodhart.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.goodhart.features.Feature.Family;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Makes {@code person_windows} from {@code person_days}: any number of windows in one pass over the days. */
public final class WindowFeatures {
    private static final UserDefinedFunction DIRECTED =
            udf(new DirectedDistance(), DataTypes.createArrayType(DataTypes.DoubleType, false));
    private static final String VALUES = "feature_values";
    private static final String EARLIER_VALUES = "earlier_values";
    private static final String DIRECTED_VALUES = "directed_values";

    /** Reason for no verdict: fewer days observed than the settings ask for. */
    public static final String TOO_FEW_DAYS = "too_few_days";

    private static final Map<String, ColumnSpec> COLUMN_OF_KIND = Map.of(
            "commit", PersonDays.COMMITS,
            "pull_request_opened", PersonDays.OPENED,
            "pull_request_merged", PersonDays.MERGED,
            "pull_request_closed", PersonDays.CLOSED,
            "review", PersonDays.REVIEWS,
            "issue_closed", PersonDays.ISSUES,
            "deployment", PersonDays.DEPLOYMENTS,
            "incident_resolved", PersonDays.INCIDENTS,
            "document_published", PersonDays.DOCUMENTS);

    private final Dataset<Row> personDays;
    private final Dataset<Row> people;
    private final Dataset<Row> modelPrices;
    private final Calendar calendar;
    private final Observation observation;
    private final FeatureSettings settings;

    /**
     * @param personDays the landing, at least the days that the windows and their earlier weeks cover
     * @param people rows of {@code people}
     * @param policyEvents rows of {@code policy_events}
     * @param modelPrices rows of {@code model_prices}
     * @param sourceHealth rows of {@code source_health}
     * @param historyStart the first day of the landing
     */
    public WindowFeatures(
            Dataset<Row> personDays,
            Dataset<Row> people,
            Dataset<Row> policyEvents,
            Dataset<Row> modelPrices,
            Dataset<Row> sourceHealth,
            LocalDate historyStart,
            FeatureSettings settings) {
        this.personDays = personDays;
        this.people = people.select(
                People.PERSON_ID.col(),
                People.ROLE.col(),
                People.TEAM_ID.col(),
                People.ORG_ID.col(),
                People.START_DATE.col(),
                People.END_DATE.col());
        this.modelPrices = modelPrices;
        this.calendar = new Calendar(Policy.of(policyEvents));
        this.observation = new Observation(this.people, sourceHealth, historyStart);
        this.settings = settings;
    }

    /**
     * Returns one row a person and window end: the columns of {@code person_windows} but for {@code run_id}, with the window's end as
     * {@code run_date}. Only people who used an AI tool in the window have one.
     */
    public Dataset<Row> endingOn(List<LocalDate> ends) {
        List<LocalDate> earlierEnds =
                ends.stream().map(end -> end.minusDays(settings.windowDays())).toList();
        Dataset<Row> earlier = earlierWeeks(earlierEnds);
        Column[] values = FeatureSet.DIRECTED.stream().map(Feature::value).toArray(Column[]::new);
        Dataset<Row> windows = totals(ends, settings.windowDays())
                .join(earlier, Observation.key(), "left")
                .withColumn(VALUES, array(values))
                .withColumn(Peers.SCALED, array(scaled()));
        Column judged = WindowTotals.OBSERVED_DAYS.col().geq(settings.minimumObservedDays());
        return impact(Peers.beside(windows, judged), judged)
                .withColumn(DIRECTED_VALUES, DIRECTED.apply(col(Peers.SCALED), col(Peers.MEDIANS), col(Peers.SPREADS)))
                .select(Stream.of(
                                WindowTotals.WINDOW_END.col().as(PersonWindows.RUN_DATE.name()),
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
                                entries().as(PersonWindows.FEATURES.name()))
                        .toArray(Column[]::new));
    }

    /** Returns totals of windows of {@code length} days ending on {@code ends}, one row a window and person with usage. */
    private Dataset<Row> totals(List<LocalDate> ends, int length) {
        LocalDate first =
                ends.stream().min(Comparator.naturalOrder()).orElseThrow().minusDays(length - 1L);
        LocalDate last = ends.stream().max(Comparator.naturalOrder()).orElseThrow();
        Dataset<Row> days = personDays.where(PersonDays.EVENT_DATE.col().between(lit(first), lit(last)));
        Dataset<Row> sourceDays = inWindows(days, ends, length);
        Dataset<Row> unitDays = inWindows(WindowTotals.daysOfAllSources(days), ends, length)
                .join(
                        people.select(People.PERSON_ID.col(), People.TEAM_ID.col(), People.ORG_ID.col()),
                        new String[] {People.PERSON_ID.name()},
                        "left");
        List<Column> aggregates = new ArrayList<>(WindowTotals.aggregates());
        aggregates.addAll(calendar.boardAggregates());
        Dataset<Row> sums = unitDays.groupBy(WindowTotals.WINDOW_END.col(), PersonDays.PERSON_ID.col())
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .where(PersonDays.TOTAL_TOKENS.col().isNotNull())
                .join(calendar.wholeWeeks(unitDays, Calendar.firstDay(length)), Observation.key(), "left")
                .join(ModelTiers.totals(sourceDays, modelPrices), Observation.key(), "left")
                .join(PromptSharing.totals(sourceDays), Observation.key(), "left");
        return observation.observed(sums, sourceDays, length).withColumn(WindowTotals.OUTCOMES.name(), outcomes());
    }

    /** Returns what the person did in the weeks before each window, keyed by the window's end; nobody who was hardly there. */
    private Dataset<Row> earlierWeeks(List<LocalDate> earlierEnds) {
        Dataset<Row> noEarlier = totals(earlierEnds, settings.baselineDays())
                .where(WindowTotals.OBSERVED_DAYS.col().geq(settings.windowDays()))
                .withColumn(WindowTotals.EARLIER_TOKENS_A_DAY.name(), lit(null).cast("double"))
                .withColumn(
                        WindowTotals.EARLIER_REQUESTS_A_DAY.name(), lit(null).cast("double"))
                .withColumn(WindowTotals.EARLIER_HOURS_A_DAY.name(), lit(null).cast("double"));
        Column observed = WindowTotals.OBSERVED_DAYS.col().cast("double");
        Column[] values = FeatureSet.DIRECTED.stream()
                .map(feature -> feature.family() == Family.CHANGE
                        ? lit(null).cast("double").as(feature.name())
                        : feature.value())
                .toArray(Column[]::new);
        return noEarlier.select(
                date_add(WindowTotals.WINDOW_END.col(), settings.windowDays()).as(WindowTotals.WINDOW_END.name()),
                PersonDays.PERSON_ID.col(),
                PersonDays.TOTAL_TOKENS.col().divide(observed).as(WindowTotals.EARLIER_TOKENS_A_DAY.name()),
                PersonDays.REQUESTS.col().divide(observed).as(WindowTotals.EARLIER_REQUESTS_A_DAY.name()),
                WindowTotals.ACTIVE_HOURS.col().divide(observed).as(WindowTotals.EARLIER_HOURS_A_DAY.name()),
                array(values).as(EARLIER_VALUES));
    }

    private static Dataset<Row> inWindows(Dataset<Row> days, List<LocalDate> ends, int length) {
        Column all =
                array(ends.stream().map(org.apache.spark.sql.functions::lit).toArray(Column[]::new));
        Column day = PersonDays.EVENT_DATE.col();
        return days.withColumn(
                WindowTotals.WINDOW_END.name(),
                explode(filter(all, end -> day.leq(end).and(day.gt(date_sub(end, length))))));
    }

    private Column outcomes() {
        return settings.outcomeWeights().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(weight -> coalesce(COLUMN_OF_KIND.get(weight.getKey()).col(), lit(0L))
                        .cast("double")
                        .multiply(weight.getValue()))
                .reduce(Column::plus)
                .orElse(lit(0.0));
    }

    /** Appends impact: outcomes over the median of the judged windows of the same role; null where that median is 0. */
    private static Dataset<Row> impact(Dataset<Row> windows, Column judged) {
        String normal = "normal_outcomes";
        Dataset<Row> medians = windows.where(judged)
                .groupBy(WindowTotals.WINDOW_END.col(), People.ROLE.col())
                .agg(expr("percentile(" + WindowTotals.OUTCOMES.name() + ", 0.5)")
                        .as(normal));
        return windows.join(medians, new String[] {WindowTotals.WINDOW_END.name(), People.ROLE.name()}, "left")
                .withColumn(
                        PersonWindows.IMPACT.name(),
                        when(col(normal).gt(0), WindowTotals.OUTCOMES.col().divide(col(normal))));
    }

    private static Column[] scaled() {
        return IntStream.range(0, FeatureSet.DIRECTED.size())
                .mapToObj(i -> {
                    Column value = element_at(col(VALUES), lit(i + 1));
                    return FeatureSet.DIRECTED.get(i).unit().isLogarithmic() ? log1p(greatest(value, lit(0.0))) : value;
                })
                .toArray(Column[]::new);
    }

    private static Column entries() {
        return array(IntStream.range(0, FeatureSet.DIRECTED.size())
                .mapToObj(i -> {
                    Feature feature = FeatureSet.DIRECTED.get(i);
                    Column median = coalesce(element_at(col(Peers.MEDIANS), lit(i + 1)), lit(0.0));
                    return struct(
                            lit(feature.name()).as("feature"),
                            element_at(col(VALUES), lit(i + 1)).as("value"),
                            (feature.unit().isLogarithmic() ? org.apache.spark.sql.functions.expm1(median) : median)
                                    .as("peer_median"),
                            element_at(col(EARLIER_VALUES), lit(i + 1)).as("own_baseline"),
                            coalesce(element_at(col(DIRECTED_VALUES), lit(i + 1)), lit(0.0))
                                    .as("directed"));
                })
                .toArray(Column[]::new));
    }
}
