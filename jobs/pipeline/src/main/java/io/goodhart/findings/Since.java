package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.features.OwnWeek;
import io.goodhart.features.TrailingWeeks;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Looks back on the weeks before a night: when the usage of its findings turned, and what it was before. */
public final class Since {
    private static final int LEADING = 3;
    private static final int LONGEST_PAUSE_DAYS = 7;
    private static final int TOKENS = FeatureSet.names().indexOf("tokens_a_day");
    private static final int USD = FeatureSet.names().indexOf("cost_a_day");

    private final TrailingWeeks weeks;

    /** @param weeks the features of the week that ends on each day, by person */
    public Since(TrailingWeeks weeks) {
        this.weeks = weeks;
    }

    /** Returns what is known of the candidates' weeks. */
    Past of(List<Candidate> candidates, LocalDate runDate) {
        return new Past(weeks.of(candidates.stream().map(Candidate::personId).toList()), runDate);
    }

    /**
     * The weeks before a night.
     *
     * @param days the week that ends on each day, by person
     */
    record Past(Map<String, SortedMap<LocalDate, OwnWeek>> days, LocalDate runDate) {
        /** Returns what the person used a day before {@code since}. */
        OwnLevel levelBefore(String personId, LocalDate since) {
            return OwnLevel.before(since, days.getOrDefault(personId, new TreeMap<>()), TOKENS, USD);
        }

        /**
         * Returns the first day of the run of strange days that a finding belongs to; empty where no day is strange by itself.
         *
         * <p>A day is strange when, in the week that ends on it, one of the finding's leading features lies nearer to its present value than
         * to the peers' median. The run goes back from the run date and bears pauses of up to a week. One that goes back as far as is known
         * may be of a habit that is no part of the finding; then the features that have changed tell the turn, against the own earlier weeks.
         */
        Optional<LocalDate> began(Candidate candidate) {
            SortedMap<LocalDate, OwnWeek> weeks = days.getOrDefault(candidate.personId(), new TreeMap<>());
            Evidence evidence = candidate.evidence();
            Optional<LocalDate> besidePeers = began(weeks, evidence, evidence.leading(LEADING), evidence::peerMedian);
            if (besidePeers.isEmpty()
                    || levelBefore(candidate.personId(), besidePeers.get()).isKnown()) {
                return besidePeers;
            }
            return began(weeks, evidence, evidence.changed(LEADING), evidence::ownBaselineOrPeers)
                    .or(() -> besidePeers);
        }

        private Optional<LocalDate> began(
                SortedMap<LocalDate, OwnWeek> weeks,
                Evidence evidence,
                List<Integer> features,
                ToDoubleFunction<String> before) {
            LocalDate first = null;
            LocalDate lastSeen = runDate;
            for (LocalDate day :
                    weeks.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
                if (day.isBefore(lastSeen.minusDays(LONGEST_PAUSE_DAYS))) {
                    break;
                }
                OwnWeek week = weeks.get(day);
                if (week.valuesOrNull() != null && isStrange(evidence, features, before, week.valuesOrNull())) {
                    first = day;
                    lastSeen = day;
                }
            }
            return Optional.ofNullable(first);
        }
    }

    private static boolean isStrange(
            Evidence evidence, List<Integer> features, ToDoubleFunction<String> beforeOf, double[] week) {
        for (int i : features) {
            Feature feature = FeatureSet.DIRECTED.get(i);
            double now = feature.unit().scaled(evidence.value(feature.name()));
            double before = feature.unit().scaled(beforeOf.applyAsDouble(feature.name()));
            double then = feature.unit().scaled(week[i]);
            boolean apart = feature.suspicious().sign() * (now - before) > 0;
            if (apart && feature.suspicious().sign() * (then - (now + before) / 2) >= 0) {
                return true;
            }
        }
        return false;
    }
}
