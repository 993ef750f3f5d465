package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.goodhart.failures.Messages;
import io.goodhart.simulation.RealCompany;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The company that a rehearsal plays in: its models, prices, bars and boards, as the landing and the policies show them. */
final class SeenCompany {
    private static final int SEEN_MODELS = 6;
    private static final int FRIDAY = 5;

    /** Tokens of a request where no source tells how many they were. */
    private static final double USUAL_TOKENS = 10_000;

    private SeenCompany() {}

    /**
     * Reads what gaming is made of off the window's days and the policies.
     *
     * @throws io.goodhart.failures.Failure.InputNotThere if no model was used in the window
     */
    static RealCompany of(Warehouse warehouse, CheckedInput checked, LocalDate windowStart, LocalDate runDate) {
        Dataset<Row> days = warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(lit(windowStart), lit(runDate)));
        List<Row> models = days.selectExpr("inline(" + PersonDays.MODELS.name() + ")")
                .groupBy("model")
                .agg(
                        sum("requests").as("uses"),
                        sum("total_tokens").cast("double").as("tokens"),
                        sum("cost_usd").cast("double").as("usd"))
                .orderBy(col("uses").desc(), col("model"))
                .limit(SEEN_MODELS)
                .collectAsList();
        if (models.isEmpty()) {
            throw Messages.nobodyToRehearseWith(runDate);
        }
        List<Row> byPrice = models.stream()
                .filter(row -> !row.isNullAt(3) && row.getDouble(2) > 0)
                .sorted(Comparator.comparingDouble(row -> row.getDouble(3) / row.getDouble(2)))
                .toList();
        List<String> names = models.stream().map(row -> row.getString(0)).toList();
        Row totals = days.agg(
                        sum(PersonDays.TOTAL_TOKENS.col()).cast("double"),
                        sum(PersonDays.REQUESTS.col()).cast("double"),
                        sum(PersonDays.COMMITS.col()),
                        sum(PersonDays.ACTIONS.col()))
                .first();
        Dataset<Row> bars = checked.dimension(PolicyEvents.CONTRACT)
                .rows()
                .where(PolicyEvents.EFFECTIVE_FROM
                        .col()
                        .leq(lit(runDate))
                        .and(coalesce(PolicyEvents.EFFECTIVE_TO.col().geq(lit(runDate)), lit(true))))
                .orderBy(PolicyEvents.EFFECTIVE_FROM.col().desc(), PolicyEvents.POLICY_ID.col());
        Dataset<Row> weekly = bars.where(PolicyEvents.METRIC
                .col()
                .equalTo("total_tokens")
                .and(PolicyEvents.SCOPE.col().equalTo("person"))
                .and(PolicyEvents.PERIOD.col().equalTo("week"))
                .and(PolicyEvents.THRESHOLD.col().isNotNull()));
        List<Integer> boards = bars.where(PolicyEvents.KIND
                        .col()
                        .equalTo("leaderboard")
                        .and(PolicyEvents.SNAPSHOT_DAY.col().isNotNull()))
                .where(PolicyEvents.PERIOD.col().equalTo("week"))
                .select(PolicyEvents.SNAPSHOT_DAY.col())
                .as(Encoders.INT())
                .collectAsList();
        return new RealCompany(
                names,
                byPrice.isEmpty() ? names.get(0) : byPrice.get(0).getString(0),
                byPrice.isEmpty()
                        ? names.get(0)
                        : byPrice.get(byPrice.size() - 1).getString(0),
                tokensARequest(totals),
                bar(weekly, "token_cap"),
                bar(weekly, "adoption_target"),
                boards.isEmpty() ? FRIDAY : boards.get(0),
                !totals.isNullAt(2),
                !totals.isNullAt(3));
    }

    private static double tokensARequest(Row totals) {
        boolean told = !totals.isNullAt(0) && !totals.isNullAt(1) && totals.getDouble(1) > 0;
        return told ? totals.getDouble(0) / totals.getDouble(1) : USUAL_TOKENS;
    }

    private static OptionalLong bar(Dataset<Row> weekly, String kind) {
        return weekly
                .where(PolicyEvents.KIND.col().equalTo(kind))
                .select(PolicyEvents.THRESHOLD.col())
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToLong(Math::round)
                .findFirst();
    }
}
