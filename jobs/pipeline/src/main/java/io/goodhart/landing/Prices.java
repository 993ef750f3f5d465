package io.goodhart.landing;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ModelPrices;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/** The list prices of models: of each model, from which day on, what a million tokens cost. */
final class Prices implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long SEED = 42;

    /** What a million tokens cost, in millionths of a dollar. */
    record Price(long input, long cacheRead, long cacheWrite, long output) implements Serializable {}

    private final Map<String, NavigableMap<Integer, Price>> byModel = new TreeMap<>();

    private Prices() {}

    static Prices none() {
        return new Prices();
    }

    /** Returns the prices in rows of {@code model_prices}. */
    static Prices of(List<Row> rows) {
        Prices prices = new Prices();
        for (Row row : rows) {
            Object from = row.getAs(ModelPrices.VALID_FROM.name());
            prices.byModel
                    .computeIfAbsent(row.getAs(ModelPrices.MODEL.name()), absent -> new TreeMap<>())
                    .put(
                            (int) LocalDate.parse(from.toString()).toEpochDay(),
                            new Price(
                                    micros(row, ModelPrices.USD_PER_MILLION_INPUT),
                                    micros(row, ModelPrices.USD_PER_MILLION_CACHE_READ),
                                    micros(row, ModelPrices.USD_PER_MILLION_CACHE_WRITE),
                                    micros(row, ModelPrices.USD_PER_MILLION_OUTPUT)));
        }
        return prices;
    }

    /** Returns the price in force, or null where there is none. */
    Price inForce(String model, int epochDay) {
        NavigableMap<Integer, Price> ofModel = byModel.get(model);
        Map.Entry<Integer, Price> price = ofModel == null ? null : ofModel.floorEntry(epochDay);
        return price == null ? null : price.getValue();
    }

    /** Returns a hash of what the prices in force on a day say, whatever files they come in; empty where there are none. */
    String fingerprintOn(int epochDay) {
        StringBuilder inForce = new StringBuilder();
        for (String model : byModel.keySet()) {
            Price price = inForce(model, epochDay);
            if (price != null) {
                inForce.append(model).append(price).append('\n');
            }
        }
        return inForce.isEmpty()
                ? ""
                : HexFormat.of().toHexDigits(XXH64.hashUTF8String(UTF8String.fromString(inForce.toString()), SEED));
    }

    private static long micros(Row row, ColumnSpec column) {
        return row.<BigDecimal>getAs(column.name())
                .movePointRight(ColumnSpec.MONEY.scale())
                .longValueExact();
    }
}
