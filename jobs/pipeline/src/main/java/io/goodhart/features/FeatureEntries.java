package io.goodhart.features;

import io.goodhart.tables.PersonWindows;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** Puts a window's values beside its peers and its own earlier weeks: the entries of {@code person_windows.features}. */
final class FeatureEntries implements UDF5<Seq<Double>, Seq<Double>, Seq<Double>, Seq<Double>, Seq<Double>, Row[]> {
    private FeatureEntries() {}

    /** Returns the function of (values, peer medians, peer spreads, earlier values, those of their first half), each by feature; null but for the first. */
    static UserDefinedFunction function() {
        return functions.udf(new FeatureEntries(), DataTypes.createArrayType(PersonWindows.FEATURE_VALUE, false));
    }

    @Override
    public Row[] call(
            Seq<Double> values,
            Seq<Double> mediansOrNull,
            Seq<Double> spreadsOrNull,
            Seq<Double> earlierOrNull,
            Seq<Double> firstOrNull) {
        List<Feature> features = FeatureSet.DIRECTED;
        Row[] entries = new Row[features.size()];
        for (int i = 0; i < entries.length; i++) {
            Feature feature = features.get(i);
            double value = values.apply(i);
            double scaled = feature.unit().scaled(value);
            // nobody was observed long enough to be a peer: then nothing is normal, and nothing strange
            double median = mediansOrNull == null ? scaled : mediansOrNull.apply(i);
            double spread = spreadsOrNull == null ? 0 : spreadsOrNull.apply(i);
            Double earlier = earlierOrNull == null ? null : earlierOrNull.apply(i);
            Double first = firstOrNull == null ? null : firstOrNull.apply(i);
            entries[i] = RowFactory.create(
                    feature.name(),
                    value,
                    feature.unit().unscaled(median),
                    earlier,
                    DirectedDistance.of(
                            feature,
                            scaled,
                            scaledOrNull(feature, earlier),
                            scaledOrNull(feature, first),
                            median,
                            spread));
        }
        return entries;
    }

    private static Double scaledOrNull(Feature feature, Double valueOrNull) {
        return valueOrNull == null ? null : (Double) feature.unit().scaled(valueOrNull);
    }
}
