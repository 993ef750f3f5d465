package io.goodhart.features;

import io.goodhart.tables.PersonWindows;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Puts a window's values beside its peers and its own earlier weeks: the entries of {@code person_windows.features}. */
final class FeatureEntries
        implements UDF6<Seq<Double>, Seq<Double>, Seq<Double>, Seq<Double>, Seq<Double>, Seq<Double>, Row[]> {
    private FeatureEntries() {}

    /** Returns the function of (values, peer medians, peer spreads, peer moves, earlier values, those of their first half), each by feature; null but for the first. */
    static UserDefinedFunction function() {
        return functions.udf(new FeatureEntries(), DataTypes.createArrayType(PersonWindows.FEATURE_VALUE, false));
    }

    @Override
    public Row[] call(
            Seq<Double> values,
            Seq<Double> mediansOrNull,
            Seq<Double> spreadsOrNull,
            Seq<Double> movesOrNull,
            Seq<Double> earlierOrNull,
            Seq<Double> firstOrNull) {
        List<Feature> features = FeatureSet.DIRECTED;
        List<Double> raw = CollectionConverters.asJava(values);
        double[] medians = new double[features.size()];
        double[] distances = new double[features.size()];
        for (int i = 0; i < distances.length; i++) {
            Feature feature = features.get(i);
            double scaled = feature.unit().scaled(raw.get(i));
            // nobody was observed long enough to be a peer: then nothing is normal, and nothing strange
            medians[i] = mediansOrNull == null ? scaled : mediansOrNull.apply(i);
            double spread = spreadsOrNull == null ? 0 : spreadsOrNull.apply(i);
            double move = movesOrNull == null ? 0 : movesOrNull.apply(i);
            distances[i] = DirectedDistance.of(
                    feature,
                    scaled,
                    movedOrNull(feature, valueOrNull(earlierOrNull, i), move),
                    movedOrNull(feature, valueOrNull(firstOrNull, i), move),
                    medians[i],
                    spread);
        }
        ImpactGuard.apply(raw, distances);
        Row[] entries = new Row[features.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = RowFactory.create(
                    features.get(i).name(),
                    raw.get(i),
                    features.get(i).unit().unscaled(medians[i]),
                    valueOrNull(earlierOrNull, i),
                    distances[i]);
        }
        return entries;
    }

    private static Double valueOrNull(Seq<Double> valuesOrNull, int index) {
        return valuesOrNull == null ? null : valuesOrNull.apply(index);
    }

    /** Returns where an earlier value would stand now, had it moved as the peers' did. */
    private static Double movedOrNull(Feature feature, Double valueOrNull, double move) {
        return valueOrNull == null ? null : (Double) (feature.unit().scaled(valueOrNull) + move);
    }
}
