package io.goodhart.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
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
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is normal among role peers: the median and the spread (median absolute deviation) of every feature, on the feature's scale of
 * comparison, shrunk to the whole population where peers are few.
 *
 * <p>Quantiles are taken over values cut to {@link #KEPT_BITS} bits of mantissa: the state of a group is then bounded by the number of
 * different cut values, not by people, it merges exactly, and a median moves by less than half a per cent.
 */
final class Peers {
    /** Raw values by feature, in the order of {@link FeatureSet#DIRECTED}. */
    static final String VALUES = "feature_values";

    /** The same of the person's own earlier weeks; null where the person was hardly there. */
    static final String EARLIER_VALUES = "earlier_values";

    /** Peers' medians and spreads by feature, in the same order; on the scale of comparison. */
    static final String MEDIANS = "peer_medians";

    static final String SPREADS = "peer_spreads";

    private static final int KEPT_BITS = 8;
    private static final int MANTISSA_BITS = 52;

    /** How many peers weigh as much as the whole population. */
    private static final double PRIOR_PEERS = 20;

    /** What a median absolute deviation is multiplied with to be a standard deviation of normal data. */
    private static final double MAD_TO_SD = 1.4826;

    private static final String FEATURE = "feature";
    private static final String VALUE = "value";
    private static final String CENTRE = "centre";
    private static final String DEVIATION = "deviation";
    private static final String PEERS = "peers";
    private static final UserDefinedFunction SCALED = udf(
            (UDF2<Integer, Double, Double>) (feature, raw) ->
                    cut(FeatureSet.DIRECTED.get(feature).unit().scaled(raw)),
            DataTypes.DoubleType);
    private static final UserDefinedFunction CUT = udf((UDF1<Double, Double>) Peers::cut, DataTypes.DoubleType);

    private Peers() {}

    /**
     * Appends {@link #MEDIANS} and {@link #SPREADS} to every window.
     *
     * @param windows rows with a window's end, a role and {@link #VALUES}
     * @param among the rows that count as peers: windows observed long enough to be judged
     */
    static Dataset<Row> beside(Dataset<Row> windows, Column among) {
        Column window = PersonWindows.RUN_DATE.col();
        Column role = People.ROLE.col();
        Dataset<Row> values = windows.where(among)
                .select(window, role, posexplode(col(VALUES)).as(new String[] {FEATURE, "raw"}))
                .withColumn(VALUE, SCALED.apply(col(FEATURE), col("raw")));
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
                        shrunk(weight, DEVIATION).as(DEVIATION));
        Dataset<Row> byRole = inFeatureOrder(shrunk, window, role);
        Dataset<Row> overall = inFeatureOrder(ofAll, window)
                .withColumnRenamed(MEDIANS, "all_medians")
                .withColumnRenamed(SPREADS, "all_spreads");
        // as many rows as windows times roles
        return windows.join(broadcast(byRole), new String[] {PersonWindows.RUN_DATE.name(), People.ROLE.name()}, "left")
                .join(broadcast(overall), new String[] {PersonWindows.RUN_DATE.name()}, "left")
                .withColumn(MEDIANS, coalesce(col(MEDIANS), col("all_medians")))
                .withColumn(SPREADS, coalesce(col(SPREADS), col("all_spreads")))
                .drop("all_medians", "all_spreads");
    }

    private static Dataset<Row> spread(Dataset<Row> values, List<String> group) {
        String[] names = Stream.concat(group.stream(), Stream.of(FEATURE)).toArray(String[]::new);
        Column[] key = Stream.of(names).map(functions::col).toArray(Column[]::new);
        Dataset<Row> centres =
                values.groupBy(key).agg(median(VALUE).as(CENTRE), count(lit(1)).as(PEERS));
        Dataset<Row> deviations = values.join(broadcast(centres), names)
                .withColumn("away", CUT.apply(abs(col(VALUE).minus(col(CENTRE)))))
                .groupBy(key)
                .agg(median("away").multiply(MAD_TO_SD).as(DEVIATION));
        return centres.join(deviations, names);
    }

    private static Dataset<Row> inFeatureOrder(Dataset<Row> spreads, Column... group) {
        // one entry a feature
        return spreads.groupBy(group)
                .agg(sort_array(collect_list(struct(col(FEATURE), col(CENTRE), col(DEVIATION))))
                        .as("entries"))
                .withColumn(MEDIANS, transform(col("entries"), entry -> entry.getField(CENTRE)))
                .withColumn(SPREADS, transform(col("entries"), entry -> entry.getField(DEVIATION)))
                .drop("entries");
    }

    private static Column shrunk(Column weight, String what) {
        return weight.multiply(col("role." + what)).plus(lit(1.0).minus(weight).multiply(col("all." + what)));
    }

    private static Column median(String column) {
        return expr("percentile(" + column + ", 0.5)");
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
