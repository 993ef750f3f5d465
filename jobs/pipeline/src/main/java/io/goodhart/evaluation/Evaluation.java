package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.evaluation.EvaluationReport.BehaviourLine;
import io.goodhart.evaluation.EvaluationReport.RankingLine;
import io.goodhart.evaluation.EvaluationReport.WasteLine;
import io.goodhart.failures.Messages;
import io.goodhart.session.Settings;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures a published night of a company whose gaming is known. Labels are joined here and nowhere else: nothing that learns, scores or
 * sets a weight sees them.
 *
 * <p>Owners of declared workloads, and findings that a disposition suppresses, stand outside every ranking, as they do for an analyst. A gamer is who
 * games on the run date or has before; everybody else is honest.
 */
public final class Evaluation {
    private static final String BEHAVIOUR = "behaviour";
    private static final String KIND = "look_alike";
    private static final String TRUE_TOKENS = "true_wasted_tokens";
    private static final String TRUE_USD = "true_wasted_usd";
    private static final Ranking OURS = new Ranking("goodhart", UsageScores.SCORE.name());
    private static final Column IS_GAMER = col(BEHAVIOUR).isNotNull();
    private static final Column IS_FLAGGED = UsageScores.FLAGGED.col();

    private final Warehouse warehouse;
    private final Settings settings;

    /** @param settings those of the night: window, weeks before it, weights of outcomes */
    public Evaluation(Warehouse warehouse, Settings settings) {
        this.warehouse = warehouse;
        this.settings = settings;
    }

    /**
     * Measures the night of {@code runDate}. What reaches the driver is counts, and a value for each gamer, without people.
     *
     * @param truth labels, in the shape of {@link Truth}
     * @param declaredWorkloads rows of {@code declared_workloads}
     * @throws io.goodhart.failures.Failure.InputNotThere if no run of the date is published
     */
    public EvaluationReport measure(LocalDate runDate, Dataset<Row> truth, Dataset<Row> declaredWorkloads) {
        if (warehouse.runs().published(runDate).isEmpty()) {
            throw Messages.notPublished(runDate, UsageScores.CONTRACT.name());
        }
        Dataset<Row> scores = warehouse.read(UsageScores.CONTRACT, runDate);
        Dataset<Row> ranked = scores.join(outside(runDate, declaredWorkloads), person(), "left_anti");
        Dataset<Row> people = Baselines.beside(
                        ranked, warehouse.read(PersonWindows.CONTRACT, runDate), aggregates(runDate))
                .join(labels(truth, runDate), person(), "left")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return report(
                    runDate,
                    people,
                    scores.count(),
                    Delays.upTo(runDate, warehouse, truth),
                    KeptPatterns.upTo(runDate, warehouse, truth));
        } finally {
            people.unpersist();
        }
    }

    private EvaluationReport report(
            LocalDate runDate,
            Dataset<Row> people,
            long scored,
            List<EvaluationReport.DelayLine> delays,
            Optional<EvaluationReport.KeptLine> kept) {
        Column honest = not(IS_GAMER);
        Column pValue = UsageScores.P_VALUE.col();
        Row counts = people.agg(
                        count(lit(1)),
                        counted(IS_GAMER),
                        counted(col(KIND).isNotNull()),
                        counted(IS_FLAGGED),
                        counted(IS_FLAGGED.and(honest)),
                        counted(honest.and(pValue.isNotNull())),
                        counted(honest.and(pValue.leq(0.01))),
                        counted(honest.and(pValue.leq(0.1))))
                .first();
        long gamers = counts.getLong(1);
        Dataset<Row> first = people.orderBy(UsageScores.SCORE.col().desc_nulls_last(), UsageScores.PERSON_ID.col())
                .limit(Math.toIntExact(gamers));
        Dataset<Row> found = people.where(IS_GAMER.and(IS_FLAGGED))
                .select(UsageScores.PERSON_ID.col(), col(BEHAVIOUR), col(TRUE_TOKENS), col(TRUE_USD))
                .join(
                        warehouse
                                .read(SuspiciousUsage.CONTRACT, runDate)
                                .select(
                                        SuspiciousUsage.PERSON_ID.col(),
                                        SuspiciousUsage.PATTERN_ID.col(),
                                        SuspiciousUsage.WASTED_TOKENS.col(),
                                        SuspiciousUsage.WASTED_USD.col(),
                                        SuspiciousUsage.WASTED_USD_LOW.col(),
                                        SuspiciousUsage.WASTED_USD_HIGH.col()),
                        person());
        List<AdjustedRandIndex.Cell> cells = cells(found);
        return new EvaluationReport(
                runDate,
                counts.getLong(0),
                scored - counts.getLong(0),
                gamers,
                counts.getLong(2),
                rankings(people, gamers),
                behaviours(people, by(first, BEHAVIOUR)),
                counts.getLong(3),
                counts.getLong(4),
                by(first, KIND),
                by(people.where(IS_FLAGGED), KIND),
                counts.getLong(5),
                counts.getLong(6),
                counts.getLong(7),
                cells.stream().map(AdjustedRandIndex.Cell::other).distinct().count(),
                cells.isEmpty() ? Optional.empty() : Optional.of(AdjustedRandIndex.of(cells)),
                waste(found),
                delays,
                kept);
    }

    private PlainAggregates aggregates(LocalDate runDate) {
        LocalDate windowStart = windowStart(runDate);
        return PlainAggregates.of(
                warehouse.read(PersonDays.CONTRACT),
                windowStart.minusDays(settings.windows().baselineDays()),
                windowStart,
                runDate,
                settings.outcomeWeights());
    }

    private LocalDate windowStart(LocalDate runDate) {
        return runDate.minusDays(settings.windows().windowDays() - 1L);
    }

    /** Returns who is not ranked: work declared for any day of the window, or a finding that is suppressed. */
    private Dataset<Row> outside(LocalDate runDate, Dataset<Row> declaredWorkloads) {
        Column covers = DeclaredWorkloads.VALID_FROM
                .col()
                .leq(lit(runDate))
                .and(coalesce(DeclaredWorkloads.VALID_TO.col().geq(lit(windowStart(runDate))), lit(true)));
        return declaredWorkloads
                .where(covers)
                .select(DeclaredWorkloads.PERSON_ID.col())
                .union(warehouse
                        .read(SuspiciousUsage.CONTRACT, runDate)
                        .where(SuspiciousUsage.RANK.col().isNull())
                        .select(SuspiciousUsage.PERSON_ID.col()));
    }

    /** Returns the labels as they stand on the run date: who has not begun to game is honest still. */
    private static Dataset<Row> labels(Dataset<Row> truth, LocalDate runDate) {
        Column said = Truth.TRUTH.col();
        return truth.select(
                Truth.PERSON_ID.col(),
                when(Labels.GAMES.and(Labels.hasBegunBy(lit(runDate))), said).as(BEHAVIOUR),
                when(said.startsWith(Truth.LOOK_ALIKE), said).as(KIND),
                Truth.WASTED_TOKENS.col().as(TRUE_TOKENS),
                Truth.WASTED_USD.col().as(TRUE_USD));
    }

    private static List<RankingLine> rankings(Dataset<Row> people, long gamers) {
        List<Ranking> rankings = new ArrayList<>(List.of(OURS));
        rankings.addAll(Baselines.ALL);
        return RankedHits.lines(people, rankings, IS_GAMER, gamers);
    }

    private static List<BehaviourLine> behaviours(Dataset<Row> people, Map<String, Long> amongFirst) {
        return people
                .where(IS_GAMER)
                .groupBy(BEHAVIOUR)
                .agg(count(lit(1)), counted(IS_FLAGGED))
                .orderBy(BEHAVIOUR)
                .collectAsList()
                .stream()
                .map(row -> new BehaviourLine(
                        row.getString(0),
                        row.getLong(1),
                        row.getLong(2),
                        amongFirst.getOrDefault(row.getString(0), 0L)))
                .toList();
    }

    private static Map<String, Long> by(Dataset<Row> people, String label) {
        Map<String, Long> counts = new TreeMap<>();
        people.where(col(label).isNotNull())
                .groupBy(label)
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private static List<AdjustedRandIndex.Cell> cells(Dataset<Row> found) {
        return found.groupBy(col(BEHAVIOUR), SuspiciousUsage.PATTERN_ID.col()).count().collectAsList().stream()
                .map(row -> new AdjustedRandIndex.Cell(row.getString(0), row.getString(1), row.getLong(2)))
                .toList();
    }

    private static Optional<WasteLine> waste(Dataset<Row> found) {
        Column told = col(TRUE_USD);
        Column covered = told.between(SuspiciousUsage.WASTED_USD_LOW.col(), SuspiciousUsage.WASTED_USD_HIGH.col());
        Row row = found.where(
                        told.isNotNull().and(SuspiciousUsage.WASTED_USD.col().isNotNull()))
                .agg(
                        count(lit(1)),
                        counted(covered),
                        amount(SuspiciousUsage.WASTED_TOKENS.col()),
                        amount(col(TRUE_TOKENS)),
                        amount(SuspiciousUsage.WASTED_USD.col()),
                        amount(told))
                .first();
        return row.getLong(0) == 0
                ? Optional.empty()
                : Optional.of(new WasteLine(
                        row.getLong(0),
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5)));
    }

    private static Column amount(Column wholeNumberOrMoney) {
        return coalesce(sum(wholeNumberOrMoney), lit(0)).cast("double");
    }

    private static Column counted(Column condition) {
        return coalesce(sum(when(condition, 1L).otherwise(0L)), lit(0L));
    }

    private static String[] person() {
        return new String[] {UsageScores.PERSON_ID.name()};
    }
}
