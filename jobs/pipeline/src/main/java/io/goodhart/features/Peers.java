package io.goodhart.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;

import io.goodhart.tables.People;
import io.goodhart.tables.PersonWindows;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is normal among role peers: the median and the spread of every feature, on the feature's scale of comparison, shrunk to the whole
 * population where peers are few.
 *
 * <p>The spread is the larger of two: the median absolute deviation, and how far the tenth of the peers that goes farthest to the
 * suspicious side goes. Most features are 0 for most people, and one odd merge of eleven is no evidence where a tenth of the peers has
 * one; the deviation alone, 0 there, would call it extreme. Gaming of one kind is rarer than a tenth.
 *
 * <p>Quantiles are taken over values cut to {@link #KEPT_BITS} bits of mantissa: the state of a group is then bounded by the number of
 * different cut values, not by people, it merges exactly, and a median moves by less than half a per cent.
 */
final class Peers {
    /** Raw values by feature, in the order of {@link FeatureSet#DIRECTED}. */
    static final String VALUES = "feature_values";

    /** The same of the person's own earlier weeks; null where the person was hardly there. */
    static final String EARLIER_VALUES = "earlier_values";

    /** The same of the first half of those weeks; null where it was hardly observed. */
    static final String FIRST_VALUES = "first_values";

    /** Peers' medians and spreads by feature, in the same order; on the scale of comparison. */
    static final String MEDIANS = "peer_medians";

    static final String SPREADS = "peer_spreads";

    /**
     * By how much peers moved against their own earlier weeks, by feature: the median, on the scale of comparison. What moves everybody, as
     * a client release does, is nobody's own change.
     */
    static final String MOVES = "peer_moves";

    private static final int KEPT_BITS = 8;
    private static final int MANTISSA_BITS = 52;

    /** How many peers weigh as much as the whole population. */
    private static final double PRIOR_PEERS = 20;

    /** What a median absolute deviation is multiplied with to be a standard deviation of normal data. */
    private static final double MAD_TO_SD = 1.4826;

    /** The quantile of the suspicious side that is read as a spread, and where a standard normal has it. */
    private static final double TAIL_QUANTILE = 0.9;

    private static final double NORMAL_TAIL_QUANTILE = 1.2815515655446004;

    private static final String FEATURE = "feature";
    private static final String VALUE = "value";
    private static final String CENTRE = "centre";
    private static final String DEVIATION = "deviation";
    private static final String MOVE = "move";
    private static final String PEERS = "peers";
    private static final UserDefinedFunction SCALED = udf(
            (UDF2<Integer, Double, Double>) (feature, raw) ->
                    cut(FeatureSet.DIRECTED.get(feature).unit().scaled(raw)),
            DataTypes.DoubleType);
    private static final UserDefinedFunction MOVED = udf(
            (UDF3<Integer, Double, Double, Double>) (feature, raw, earlierOrNull) -> {
                Unit unit = FeatureSet.DIRECTED.get(feature).unit();
                return earlierOrNull == null ? null : cut(unit.scaled(raw) - unit.scaled(earlierOrNull));
            },
            DataTypes.DoubleType);
    private static final UserDefinedFunction TOWARDS_SUSPICION = udf(
            (UDF2<Integer, Double, Double>) (feature, apart) ->
                    cut(FeatureSet.DIRECTED.get(feature).suspicious().sign() * apart),
            DataTypes.DoubleType);

    private Peers() {}

    /**
     * Appends {@link #MEDIANS}, {@link #SPREADS} and {@link #MOVES} to every window.
     *
     * @param windows rows with a window's end, a role, {@link #VALUES} and {@link #EARLIER_VALUES}
     * @param among the rows that count as peers: windows observed long enough to be judged
     */
    static Dataset<Row> beside(Dataset<Row> windows, Column among) {
        Column window = PersonWindows.RUN_DATE.col();
        Column role = People.ROLE.col();
        Dataset<Row> values = windows.where(among)
                .select(
                        window,
                        role,
                        col(EARLIER_VALUES),
                        posexplode(col(VALUES)).as(new String[] {FEATURE, "raw"}))
                .withColumn(VALUE, SCALED.apply(col(FEATURE), col("raw")))
                .withColumn(
                        MOVE,
                        MOVED.apply(
                                col(FEATURE), col("raw"), col(EARLIER_VALUES).getItem(col(FEATURE))))
                .drop(EARLIER_VALUES);
        Dataset<Row> ofAll = spread(values, List.of(PersonWindows.RUN_DATE.name()));
        Dataset<Row> ofRole = spread(
                values.where(role.notEqual(People.UNKNOWN)),
                List.of(PersonWindows.RUN_DATE.name(), People.ROLE.name()));
        Column weight = col("role." + PEERS).divide(col("role." + PEERS).plus(PRIOR_PEERS));
        Dataset<Row> shrunk = ofRole.as("role")
                .join(
                        ofAll.as("all"),
                        col("role." + PersonWindows.RUN_DATE.name())
                                .equalTo(col("all." + PersonWindows.RUN_DATE.name()))
                                .and(col("role." + FEATURE).equalTo(col("all." + FEATURE))))
                .select(
                        col("role." + PersonWindows.RUN_DATE.name()),
                        col("role." + People.ROLE.name()),
                        col("role." + FEATURE),
                        shrunk(weight, CENTRE).as(CENTRE),
                        shrunk(weight, DEVIATION).as(DEVIATION),
                        shrunk(weight, MOVE).as(MOVE));
        Dataset<Row> byRole = inFeatureOrder(shrunk, window, role);
        Dataset<Row> overall = inFeatureOrder(ofAll, window)
                .withColumnRenamed(MEDIANS, "all_medians")
                .withColumnRenamed(SPREADS, "all_spreads")
                .withColumnRenamed(MOVES, "all_moves");
        // as many rows as windows times roles
        return windows.join(broadcast(byRole), new String[] {PersonWindows.RUN_DATE.name(), People.ROLE.name()}, "left")
                .join(broadcast(overall), new String[] {PersonWindows.RUN_DATE.name()}, "left")
                .withColumn(MEDIANS, coalesce(col(MEDIANS), col("all_medians")))
                .withColumn(SPREADS, coalesce(col(SPREADS), col("all_spreads")))
                .withColumn(MOVES, coalesce(col(MOVES), col("all_moves")))
                .drop("all_medians", "all_spreads", "all_moves");
    }

    private static Dataset<Row> spread(Dataset<Row> values, List<String> group) {
        String[] names = Stream.concat(group.stream(), Stream.of(FEATURE)).toArray(String[]::new);
        Column[] key = Stream.of(names).map(functions::col).toArray(Column[]::new);
        Dataset<Row> centres = values.groupBy(key)
                .agg(
                        median(VALUE).as(CENTRE),
                        coalesce(median(MOVE), lit(0.0)).as(MOVE),
                        count(lit(1)).as(PEERS));
        Dataset<Row> deviations = values.join(broadcast(centres), names)
                .withColumn(
                        "apart",
                        TOWARDS_SUSPICION.apply(col(FEATURE), col(VALUE).minus(col(CENTRE))))
                .groupBy(key)
                .agg(greatest(
                                median("abs(apart)").multiply(MAD_TO_SD),
                                quantile("apart", TAIL_QUANTILE).divide(NORMAL_TAIL_QUANTILE))
                        .as(DEVIATION));
        return centres.join(deviations, names);
    }

    private static Dataset<Row> inFeatureOrder(Dataset<Row> spreads, Column... group) {
        // one entry a feature
        return spreads.groupBy(group)
                .agg(sort_array(collect_list(struct(col(FEATURE), col(CENTRE), col(DEVIATION), col(MOVE))))
                        .as("entries"))
                .withColumn(MEDIANS, transform(col("entries"), entry -> entry.getField(CENTRE)))
                .withColumn(SPREADS, transform(col("entries"), entry -> entry.getField(DEVIATION)))
                .withColumn(MOVES, transform(col("entries"), entry -> entry.getField(MOVE)))
                .drop("entries");
    }

    private static Column shrunk(Column weight, String what) {
        return weight.multiply(col("role." + what)).plus(lit(1.0).minus(weight).multiply(col("all." + what)));
    }

    private static Column median(String column) {
        return quantile(column, 0.5);
    }

    private static Column quantile(String column, double share) {
        return expr("percentile(" + column + ", " + share + ")");
    }

    /** Returns {@code value} with all but the leading bits of its mantissa cleared; null stays null. */
    static Double cut(Double value) {
        if (value == null) {
            return null;
        }
        long bits = Double.doubleToLongBits(value) & -(1L << (MANTISSA_BITS - KEPT_BITS));
        return Double.longBitsToDouble(bits);
    }
}
