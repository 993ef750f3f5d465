package io.goodhart.findings;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides over scored windows: who is too strange to be chance, and who stands outside because the work was announced or judged. */
public final class Judgement {
    /** Whether a declared workload or a disposition covers the person. */
    static final String SUPPRESSED = "suppressed";

    /** Whether the person stands outside the rule and the budget: suppressed, or found again in the pattern that they are cleared of. */
    static final String OUTSIDE = "outside";

    /** The forest's explanation of a window's score. */
    public static final String CONTRIBUTIONS = "contributions";

    private final double falseDiscoveryRate;
    private final double alertBudget;

    public Judgement(double falseDiscoveryRate, double alertBudget) {
        this.falseDiscoveryRate = falseDiscoveryRate;
        this.alertBudget = alertBudget;
    }

    /**
     * Appends the p-value, whether the person is suppressed, and whether they stand outside the rule and the budget.
     *
     * @param scored windows with a score, null where there is no verdict
     * @param honest how honest windows score
     * @param isSettled whether a window had the person's own earlier weeks beside it
     * @param isClearedAgain whether the person was found the night before in a pattern that they are cleared of; who is found in another
     *     one tonight is in rank nevertheless, beside the budget
     * @param windowStart first day of the window: a workload declared for any of its days covers the person
     */
    public Dataset<Row> judged(
            Dataset<Row> scored,
            HonestNulls honest,
            Column isSettled,
            Column isClearedAgain,
            Dataset<Row> declaredWorkloads,
            Dataset<Row> dispositions,
            LocalDate windowStart,
            LocalDate runDate) {
        Dataset<Row> declared = declaredWorkloads
                .where(DeclaredWorkloads.VALID_FROM
                        .col()
                        .leq(lit(runDate))
                        .and(coalesce(DeclaredWorkloads.VALID_TO.col().geq(lit(windowStart)), lit(true))))
                .select(DeclaredWorkloads.PERSON_ID.col());
        Dataset<Row> covered = declared.union(cleared(dispositions, runDate)
                        .where(Dispositions.PATTERN_ID.col().isNull())
                        .select(Dispositions.PERSON_ID.col()))
                .distinct()
                .withColumn(SUPPRESSED, lit(true));
        return scored.withColumn(UsageScores.P_VALUE.name(), honest.pValue(UsageScores.SCORE.col(), isSettled))
                .join(covered, new String[] {PersonWindows.PERSON_ID.name()}, "left")
                .withColumn(SUPPRESSED, coalesce(col(SUPPRESSED), lit(false)))
                .withColumn(OUTSIDE, col(SUPPRESSED).or(isClearedAgain));
    }

    /** Returns the dispositions in force that clear a person: the last word by then is benign or planned, and has not run out. */
    static Dataset<Row> cleared(Dataset<Row> dispositions, LocalDate runDate) {
        Column decided = struct(Dispositions.DECISION.col(), Dispositions.SUPPRESS_UNTIL.col());
        Dataset<Row> latest = dispositions
                .where(Dispositions.DECIDED_ON.col().leq(lit(runDate)))
                .groupBy(Dispositions.PERSON_ID.col(), Dispositions.PATTERN_ID.col())
                .agg(max_by(decided, Dispositions.DECIDED_ON.col()).as("latest"))
                .select(Dispositions.PERSON_ID.col(), Dispositions.PATTERN_ID.col(), col("latest.*"));
        return latest.where(Dispositions.DECISION
                .col()
                .isin("benign", "planned_activity")
                .and(coalesce(Dispositions.SUPPRESS_UNTIL.col().geq(lit(runDate)), lit(true))));
    }

    /** Returns the {@link #findings} within the budget. */
    public Dataset<Row> inRank(Dataset<Row> judged) {
        return findings(judged).where(col(OUTSIDE).equalTo(false));
    }

    /**
     * Returns the windows that are findings: those within the false-discovery rule and the budget, strangest first, and those
     * outside that are as strange, or would be found by the rule among all: who is cleared must not go and come with what others do.
     *
     * <p>What reaches the driver is p-values up to the rate, without their people.
     */
    public Dataset<Row> findings(Dataset<Row> judged) {
        Column open = UsageScores.P_VALUE.col().isNotNull().and(col(OUTSIDE).equalTo(false));
        Column small = UsageScores.P_VALUE.col().leq(falseDiscoveryRate);
        Row pValues = judged.agg(
                        count(when(open, true)),
                        sort_array(collect_list(when(open.and(small), UsageScores.P_VALUE.col()))),
                        count(UsageScores.P_VALUE.col()),
                        sort_array(collect_list(when(small, UsageScores.P_VALUE.col()))))
                .first();
        long tested = pValues.getLong(0);
        long all = pValues.getLong(2);
        long budget = (long) Math.ceil(alertBudget * tested);
        double threshold = FalseDiscovery.threshold(doubles(pValues.getList(1)), tested, falseDiscoveryRate, budget);
        double amongAll = FalseDiscovery.threshold(doubles(pValues.getList(3)), all, falseDiscoveryRate, all);
        Dataset<Row> reported = judged.where(open.and(UsageScores.P_VALUE.col().leq(threshold)))
                .orderBy(UsageScores.SCORE.col().desc(), PersonWindows.PERSON_ID.col())
                .limit((int) budget);
        return reported.union(
                judged.where(col(OUTSIDE).and(UsageScores.P_VALUE.col().leq(Math.max(threshold, amongAll)))));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
