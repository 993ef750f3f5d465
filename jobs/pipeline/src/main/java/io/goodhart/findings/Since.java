package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.features.TrailingWeeks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first day of the run of strange days that a finding belongs to.
 *
 * <p>A day is strange when, in the week that ends on it, one of the finding's leading features lies nearer to its present value than to
 * the peers' median. The run goes back from the run date and bears pauses of up to a week.
 */
public final class Since {
    private static final int LEADING = 3;
    private static final int LONGEST_PAUSE_DAYS = 7;

    private final TrailingWeeks weeks;

    /** @param weeks the features of the week that ends on each day, by person */
    public Since(TrailingWeeks weeks) {
        this.weeks = weeks;
    }

    /** Returns the day by person; people of whom no day is strange by itself are left out. */
    Map<String, LocalDate> of(List<Candidate> candidates, LocalDate runDate) {
        Map<String, SortedMap<LocalDate, double[]>> valuesOf =
                weeks.of(candidates.stream().map(Candidate::personId).toList());
        Map<String, LocalDate> since = new HashMap<>();
        for (Candidate candidate : candidates) {
            SortedMap<LocalDate, double[]> days = valuesOf.getOrDefault(candidate.personId(), new TreeMap<>());
            LocalDate first = null;
            LocalDate lastSeen = runDate;
            for (LocalDate day : days.keySet().stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList()) {
                if (day.isBefore(lastSeen.minusDays(LONGEST_PAUSE_DAYS))) {
                    break;
                }
                if (isStrange(candidate.evidence(), days.get(day))) {
                    first = day;
                    lastSeen = day;
                }
            }
            if (first != null) {
                since.put(candidate.personId(), first);
            }
        }
        return since;
    }

    private static boolean isStrange(Evidence evidence, double[] week) {
        for (int i : evidence.leading(LEADING)) {
            Feature feature = FeatureSet.DIRECTED.get(i);
            String name = feature.name();
            double now = feature.unit().scaled(evidence.value(name));
            double peers = feature.unit().scaled(evidence.peerMedian(name));
            double then = feature.unit().scaled(week[i]);
            boolean apart = feature.suspicious().sign() * (now - peers) > 0;
            if (apart && feature.suspicious().sign() * (then - (now + peers) / 2) >= 0) {
                return true;
            }
        }
        return false;
    }
}
