package io.goodhart.landing.reference;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Builds {@code person_days} from used events another way than the landing: joins and groups in Spark SQL, and folds over rows in a sorted
 * partition. Slow, and plain. Without {@code merged_by}.
 *
 * <p>Each event table is folded by itself; the families are joined on the key, for a tool may report both requests and actions.
 */
public final class ReferenceLanding {
    /** Wide enough for a billion tokens at any price, with the digits of a price a million tokens. */
    private static final DataType EXACT_MONEY = DataTypes.createDecimalType(38, 12);

    /** What both usage tables tell, but for use by model. */
    private static final List<ColumnSpec> IN_BOTH = List.of(
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.INPUT_TOKENS,
            PersonDays.CACHE_READ_TOKENS,
            PersonDays.CACHE_WRITE_TOKENS,
            PersonDays.OUTPUT_TOKENS,
            PersonDays.TOTAL_TOKENS,
            PersonDays.COST_USD,
            PersonDays.LINES_SUGGESTED,
            PersonDays.LINES_ACCEPTED);

    private final Dataset<Row> clocks;
    private final Dataset<Row> prices;

    /**
     * @param people rows of {@code people}: whose clock hours are counted on
     * @param prices rows of {@code model_prices}: what a request costs that was not billed by the request
     */
    public ReferenceLanding(Dataset<Row> people, Dataset<Row> prices) {
        this.clocks = people.select(
                People.PERSON_ID.col(),
                coalesce(People.TIMEZONE.col(), lit("UTC")).as(PersonDays.TIMEZONE.name()));
        this.prices = prices.withColumn(
                "valid_until",
                lead(ModelPrices.VALID_FROM.col(), 1)
                        .over(Window.partitionBy(ModelPrices.MODEL.col()).orderBy(ModelPrices.VALID_FROM.col())));
    }

    /** Returns the rows of {@code person_days} for these used events, each of the input table's shape. */
    public Dataset<Row> personDays(
            Dataset<Row> usageEvents, Dataset<Row> usageDaily, Dataset<Row> productivity, Dataset<Row> actions) {
        Dataset<Row> usage = DayFolding.fold(
                priced(onOwnClock(usageEvents)),
                new UsageFold(),
                UsageEvents.EVENT_TIME.col(),
                UsageEvents.EVENT_ID.col());
        Dataset<Row> output = DayFolding.fold(
                onOwnClock(productivity),
                new OutputFold(),
                ProductivityEvents.EVENT_TIME.col(),
                ProductivityEvents.EVENT_ID.col());
        // is read twice
        Dataset<Row> both =
                usage.unionByName(daily(priced(onOwnClock(usageDaily))), true).localCheckpoint();
        Dataset<Row> joined = oneRowAKey(both)
                .join(output, keyNames(), "full_outer")
                .join(actionDays(onOwnClock(actions)), keyNames(), "full_outer");
        return joined.select(PersonDays.CONTRACT.columns().stream()
                .filter(column -> column != PersonDays.MERGED_BY)
                .map(ColumnSpec::col)
                .toArray(Column[]::new));
    }

    private Dataset<Row> onOwnClock(Dataset<Row> events) {
        return events.join(
                        clocks,
                        events.col(PersonDays.PERSON_ID.name()).equalTo(clocks.col(People.PERSON_ID.name())),
                        "left")
                .drop(clocks.col(People.PERSON_ID.name()))
                .withColumn(PersonDays.TIMEZONE.name(), coalesce(PersonDays.TIMEZONE.col(), lit("UTC")));
    }

    /** Puts the list price of the day where a row was not billed; leaves null where there is neither. */
    private Dataset<Row> priced(Dataset<Row> events) {
        Column listPrice = Stream.of(
                        price(UsageEvents.INPUT_TOKENS, ModelPrices.USD_PER_MILLION_INPUT),
                        price(UsageEvents.CACHE_READ_TOKENS, ModelPrices.USD_PER_MILLION_CACHE_READ),
                        price(UsageEvents.CACHE_WRITE_TOKENS, ModelPrices.USD_PER_MILLION_CACHE_WRITE),
                        price(UsageEvents.OUTPUT_TOKENS, ModelPrices.USD_PER_MILLION_OUTPUT))
                .reduce(Column::plus)
                .orElseThrow();
        Column anyTokens = coalesce(
                        UsageEvents.INPUT_TOKENS.of("event"),
                        UsageEvents.CACHE_READ_TOKENS.of("event"),
                        UsageEvents.CACHE_WRITE_TOKENS.of("event"),
                        UsageEvents.OUTPUT_TOKENS.of("event"))
                .isNotNull();
        Column inForce = UsageEvents.MODEL
                .of("event")
                .equalTo(ModelPrices.MODEL.of("price"))
                .and(ModelPrices.VALID_FROM.of("price").leq(UsageEvents.EVENT_DATE.of("event")))
                .and(col("price.valid_until")
                        .isNull()
                        .or(col("price.valid_until").gt(UsageEvents.EVENT_DATE.of("event"))));
        return events.as("event")
                .join(broadcast(prices.as("price")), inForce, "left")
                .select(
                        col("event.*"),
                        coalesce(
                                        UsageEvents.COST_USD.of("event").cast(EXACT_MONEY),
                                        when(anyTokens, listPrice.cast(EXACT_MONEY)))
                                .as("exact_cost"))
                .drop(UsageEvents.COST_USD.name())
                .withColumnRenamed("exact_cost", UsageEvents.COST_USD.name());
    }

    private static Column price(ColumnSpec tokens, ColumnSpec usdPerMillion) {
        DataType wholeTokens = DataTypes.createDecimalType(12, 0);
        return coalesce(tokens.of("event"), lit(0L))
                .cast(wholeTokens)
                .multiply(usdPerMillion.of("price"))
                .multiply(lit(new java.math.BigDecimal("0.000001")))
                // a sum of wider decimals loses digits
                .cast(DataTypes.createDecimalType(35, 12));
    }

    private static Dataset<Row> daily(Dataset<Row> usageDaily) {
        Column total = Stream.of(
                        UsageDaily.INPUT_TOKENS,
                        UsageDaily.CACHE_READ_TOKENS,
                        UsageDaily.CACHE_WRITE_TOKENS,
                        UsageDaily.OUTPUT_TOKENS)
                .map(column -> coalesce(column.col(), lit(0L)))
                .reduce(Column::plus)
                .orElseThrow();
        Column knownTotal = when(
                coalesce(
                                UsageDaily.INPUT_TOKENS.col(),
                                UsageDaily.CACHE_READ_TOKENS.col(),
                                UsageDaily.CACHE_WRITE_TOKENS.col(),
                                UsageDaily.OUTPUT_TOKENS.col())
                        .isNotNull(),
                total);
        Dataset<Row> byModel = usageDaily
                .groupBy(Stream.concat(DayFolding.KEY.stream().map(ColumnSpec::col), Stream.of(UsageDaily.MODEL.col()))
                        .toArray(Column[]::new))
                .agg(
                        sum(UsageDaily.REQUESTS.col()).as(PersonDays.REQUESTS.name()),
                        sum(UsageDaily.SESSIONS.col()).cast("long").as(PersonDays.SESSIONS.name()),
                        sum(UsageDaily.INPUT_TOKENS.col()).as(PersonDays.INPUT_TOKENS.name()),
                        sum(UsageDaily.CACHE_READ_TOKENS.col()).as(PersonDays.CACHE_READ_TOKENS.name()),
                        sum(UsageDaily.CACHE_WRITE_TOKENS.col()).as(PersonDays.CACHE_WRITE_TOKENS.name()),
                        sum(UsageDaily.OUTPUT_TOKENS.col()).as(PersonDays.OUTPUT_TOKENS.name()),
                        sum(knownTotal).as(PersonDays.TOTAL_TOKENS.name()),
                        sum(UsageDaily.COST_USD.col()).as(PersonDays.COST_USD.name()),
                        sum(UsageDaily.LINES_SUGGESTED.col()).as(PersonDays.LINES_SUGGESTED.name()),
                        sum(UsageDaily.LINES_ACCEPTED.col()).as(PersonDays.LINES_ACCEPTED.name()));
        Column modelUse = struct(
                coalesce(UsageDaily.MODEL.col(), lit("")).as("model"),
                coalesce(PersonDays.REQUESTS.col(), lit(0L)).as("requests"),
                lit(0L).as("trivial_requests"),
                coalesce(PersonDays.TOTAL_TOKENS.col(), lit(0L)).as("total_tokens"),
                PersonDays.COST_USD.col().cast(ColumnSpec.MONEY).as("cost_usd"));
        return byModel.groupBy(DayFolding.KEY.stream().map(ColumnSpec::col).toArray(Column[]::new))
                .agg(
                        // as many entries as the person used models that day
                        sort_array(collect_list(modelUse))
                                .cast(PersonDays.MODELS.type())
                                .as(PersonDays.MODELS.name()),
                        summed(PersonDays.REQUESTS),
                        summed(PersonDays.SESSIONS),
                        summed(PersonDays.INPUT_TOKENS),
                        summed(PersonDays.CACHE_READ_TOKENS),
                        summed(PersonDays.CACHE_WRITE_TOKENS),
                        summed(PersonDays.OUTPUT_TOKENS),
                        summed(PersonDays.TOTAL_TOKENS),
                        summed(PersonDays.COST_USD),
                        summed(PersonDays.LINES_SUGGESTED),
                        summed(PersonDays.LINES_ACCEPTED));
    }

    /** Adds up what a source tells in both usage tables. */
    private static Dataset<Row> oneRowAKey(Dataset<Row> usage) {
        Column[] key = DayFolding.KEY.stream().map(ColumnSpec::col).toArray(Column[]::new);
        Column[] keyAndUse = Stream.concat(
                        Stream.of(key),
                        Stream.of(explode(PersonDays.MODELS.col()).as("use")))
                .toArray(Column[]::new);
        Column[] keyAndModel =
                Stream.concat(Stream.of(key), Stream.of(col("use.model"))).toArray(Column[]::new);
        Dataset<Row> models = usage.select(keyAndUse)
                .groupBy(keyAndModel)
                .agg(
                        coalesce(sum("use.requests"), lit(0L)).as("requests"),
                        coalesce(sum("use.trivial_requests"), lit(0L)).as("trivial_requests"),
                        coalesce(sum("use.total_tokens"), lit(0L)).as("total_tokens"),
                        sum("use.cost_usd").as("cost_usd"))
                .groupBy(key)
                .agg(sort_array(collect_list(
                                struct("model", "requests", "trivial_requests", "total_tokens", "cost_usd")))
                        .cast(PersonDays.MODELS.type())
                        .as(PersonDays.MODELS.name()));
        List<Column> others = PersonDays.CONTRACT.columns().stream()
                .filter(column -> !DayFolding.KEY.contains(column) && column != PersonDays.MODELS)
                .filter(column -> List.of(usage.columns()).contains(column.name()))
                .map(column -> IN_BOTH.contains(column)
                        ? summed(column)
                        : first(column.col(), true).as(column.name()))
                .toList();
        return usage.groupBy(key)
                .agg(others.get(0), others.subList(1, others.size()).toArray(Column[]::new))
                .join(models, keyNames());
    }

    private static Dataset<Row> actionDays(Dataset<Row> actions) {
        Column unapproved = AgentActions.APPROVAL.col().equalTo("none");
        Column risky = AgentActions.ACTION.col().isin(AgentActions.RISKY_ACTIONS.toArray());
        return actions.groupBy(DayFolding.KEY.stream().map(ColumnSpec::col).toArray(Column[]::new))
                .agg(
                        count(lit(1)).as(PersonDays.ACTIONS.name()),
                        counted(unapproved, PersonDays.UNAPPROVED_ACTIONS),
                        counted(risky, PersonDays.RISKY_ACTIONS),
                        counted(risky.and(unapproved), PersonDays.UNAPPROVED_RISKY_ACTIONS),
                        countedWhereKnown(AgentActions.SUCCEEDED, false, PersonDays.FAILED_ACTIONS),
                        countedWhereKnown(AgentActions.ROLLED_BACK, true, PersonDays.ROLLED_BACK_ACTIONS));
    }

    private static Column summed(ColumnSpec column) {
        return sum(column.col()).cast(column.type()).as(column.name());
    }

    private static Column counted(Column condition, ColumnSpec as) {
        return sum(when(condition, 1L).otherwise(0L)).as(as.name());
    }

    private static Column countedWhereKnown(ColumnSpec flag, boolean value, ColumnSpec as) {
        return sum(when(flag.col().isNull(), lit(null))
                        .when(flag.col().equalTo(value), 1L)
                        .otherwise(0L))
                .as(as.name());
    }

    private static String[] keyNames() {
        return List.copyOf(DayFolding.KEY).stream().map(ColumnSpec::name).toArray(String[]::new);
    }
}
