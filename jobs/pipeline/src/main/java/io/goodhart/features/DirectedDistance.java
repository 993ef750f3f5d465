package io.goodhart.features;

import java.util.List;
import org.apache.spark.sql.api.java.UDF3;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * How far a window stands from its peers on the suspicious side of each feature: {@code log1p(min(cap, max(0, sign × robust z)))}.
 *
 * <p>The honest side counts as 0, for an honest extreme must not isolate; the cap and the logarithm keep one wild feature from hiding
 * four strange ones.
 */
final class DirectedDistance implements UDF3<Seq<Double>, Seq<Double>, Seq<Double>, double[]> {
    private static final double CAP = 20;

    @Override
    public double[] call(Seq<Double> scaled, Seq<Double> medians, Seq<Double> spreads) {
        List<Feature> features = FeatureSet.DIRECTED;
        double[] directed = new double[features.size()];
        if (medians == null || spreads == null) {
            return directed;
        }
        Iterator<Double> value = scaled.iterator();
        Iterator<Double> median = medians.iterator();
        Iterator<Double> spread = spreads.iterator();
        for (int i = 0; i < directed.length; i++) {
            directed[i] = of(features.get(i), value.next(), median.next(), spread.next());
        }
        return directed;
    }

    /** Returns the directed distance of one feature; all of these on its scale of comparison. */
    static double of(Feature feature, double scaled, double median, double spread) {
        double z = (scaled - median) / Math.max(spread, feature.unit().leastSpread());
        return Math.log1p(Math.min(CAP, Math.max(0, feature.suspicious().sign() * z)));
    }
}
