package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code model_prices}: the list price of a model from a day on. Optional as a whole. */
public final class ModelPrices {
    /** More US dollars than a million tokens can honestly cost. */
    private static final long MOST_USD_PER_MILLION = 100_000L;

    public static final ColumnSpec MODEL =
            required("model", StringType, "the model's id as usage names it").must(Rule.notBlank());
    public static final ColumnSpec VALID_FROM = required("valid_from", DateType, "first day of the price");
    public static final ColumnSpec TIER =
            required("tier", StringType, "size class").must(Rule.oneOf(List.of("small", "mid", "premium")));
    public static final ColumnSpec USD_PER_MILLION_INPUT = required(
                    "usd_per_million_input", MONEY, "US dollars a million tokens of uncached input")
            .must(Rule.between(0, MOST_USD_PER_MILLION));
    public static final ColumnSpec USD_PER_MILLION_CACHE_READ = required(
                    "usd_per_million_cache_read", MONEY, "US dollars a million tokens read from cache")
            .must(Rule.between(0, MOST_USD_PER_MILLION));
    public static final ColumnSpec USD_PER_MILLION_CACHE_WRITE = required(
                    "usd_per_million_cache_write", MONEY, "US dollars a million tokens written to cache")
            .must(Rule.between(0, MOST_USD_PER_MILLION));
    public static final ColumnSpec USD_PER_MILLION_OUTPUT = required(
                    "usd_per_million_output", MONEY, "US dollars a million tokens of output")
            .must(Rule.between(0, MOST_USD_PER_MILLION));

    public static final TableContract CONTRACT = TableContract.named(
                    "model_prices", 1, Room.INPUT, "the list price of a model from a day on")
            .grain(MODEL, VALID_FROM)
            .columns(
                    MODEL,
                    VALID_FROM,
                    TIER,
                    USD_PER_MILLION_INPUT,
                    USD_PER_MILLION_CACHE_READ,
                    USD_PER_MILLION_CACHE_WRITE,
                    USD_PER_MILLION_OUTPUT);

    private ModelPrices() {}
}
