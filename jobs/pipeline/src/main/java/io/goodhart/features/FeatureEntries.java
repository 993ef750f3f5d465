package io.goodhart.features;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Puts a window's values beside its peers and its own earlier weeks: the entries of {@code person_windows.features}, as Spark holds them. */
final class FeatureEntries {
    private static final List<UTF8String> NAMES = FeatureSet.DIRECTED.stream()
            .map(feature -> UTF8String.fromString(feature.name()))
            .toList();

    private FeatureEntries() {}

    /**
     * Returns the entries.
     *
     * @param normalOrNull of the peers; null: nobody was observed long enough to be a peer, then nothing is normal, and nothing strange
     */
    static ArrayData of(OwnWindow window, Peers.Normal normalOrNull) {
        List<Feature> features = FeatureSet.DIRECTED;
        double[] medians = new double[features.size()];
        double[] distances = new double[features.size()];
        for (int i = 0; i < distances.length; i++) {
            Feature feature = features.get(i);
            double scaled = feature.unit().scaled(window.values()[i]);
            medians[i] = normalOrNull == null ? scaled : normalOrNull.medians()[i];
            double move = normalOrNull == null ? 0 : normalOrNull.moves()[i];
            distances[i] = DirectedDistance.of(
                    feature,
                    scaled,
                    movedOrNull(feature, OwnWindow.valueOrNull(window.earlierOrNull(), i), move),
                    movedOrNull(feature, OwnWindow.valueOrNull(window.firstOrNull(), i), move),
                    medians[i],
                    normalOrNull == null ? 0 : normalOrNull.spreads()[i]);
        }
        ImpactGuard.apply(window.values(), window.earlierOrNull(), window.outputRise(), distances);
        Object[] entries = new Object[features.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new GenericInternalRow(new Object[] {
                NAMES.get(i),
                window.values()[i],
                features.get(i).unit().unscaled(medians[i]),
                OwnWindow.valueOrNull(window.earlierOrNull(), i),
                distances[i]
            });
        }
        return new GenericArrayData(entries);
    }

    /** Returns where an earlier value would stand now, had it moved as the peers' did. */
    private static Double movedOrNull(Feature feature, Double valueOrNull, double move) {
        return valueOrNull == null ? null : (Double) (feature.unit().scaled(valueOrNull) + move);
    }
}
