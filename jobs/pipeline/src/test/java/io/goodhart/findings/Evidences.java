package io.goodhart.findings;

import io.goodhart.features.FeatureSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Evidence and candidates of which a test names only what it is about. */
final class Evidences {
    private Evidences() {}

    /**
     * Returns evidence with these contributions, peers' medians and own earlier values by feature; the medians default to 0. The
     * squared distances from peers are the contributions that are positive.
     */
    static Evidence of(
            Map<String, Double> contributions, Map<String, Double> peerMedians, Map<String, Double> ownBaselines) {
        return of(contributions, peerMedians, ownBaselines, Map.of());
    }

    /** Returns the same with these values; they default to 0. */
    static Evidence of(
            Map<String, Double> contributions,
            Map<String, Double> peerMedians,
            Map<String, Double> ownBaselines,
            Map<String, Double> values) {
        List<Row> entries = FeatureSet.names().stream()
                .map(name -> RowFactory.create(
                        name,
                        values.getOrDefault(name, 0.0),
                        peerMedians.getOrDefault(name, 0.0),
                        ownBaselines.get(name),
                        Math.sqrt(Math.max(0, contributions.getOrDefault(name, 0.0)))))
                .toList();
        return Evidence.of(
                entries,
                FeatureSet.names().stream()
                        .mapToDouble(name -> contributions.getOrDefault(name, 0.0))
                        .toArray());
    }

    /** Returns a candidate who is strange for these reasons. */
    static Candidate candidate(String personId, Map<String, Double> contributions) {
        return candidate(personId, of(contributions, Map.of(), Map.of()));
    }

    /** Returns a candidate whom this evidence is of. */
    static Candidate candidate(String personId, Evidence evidence) {
        return new Candidate(personId, "t1", "o1", "engineer", 0.7, 0.001, 1_000, null, null, 28, 20, false, evidence);
    }
}
