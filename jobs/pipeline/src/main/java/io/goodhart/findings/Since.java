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
    private final long daysBack;

    /**
     * @param weeks the features of the week that ends on each day, by person; as far back as the first nights of the findings looked
     * @param daysBack how far back a night looks
     */
    public Since(TrailingWeeks weeks, long daysBack) {
        this.weeks = weeks;
        this.daysBack = daysBack;
    }

    /** Returns what is known of the candidates' weeks. */
    Past of(List<Candidate> candidates, LocalDate runDate) {
        return new Past(weeks.of(candidates.stream().map(Candidate::personId).toList()), runDate, daysBack);
    }

    /**
     * The weeks before a night.
     *
     * @param days the week that ends on each day, by person
     * @param daysBack how far back a night looks
     */
    record Past(Map<String, SortedMap<LocalDate, OwnWeek>> days, LocalDate runDate, long daysBack) {
        /**
         * Returns what the person used a day before {@code since}, as the first night of the finding saw it: a finding that goes on is not
         * held against another level each night, and not against the peers' once its earlier weeks are older than a window's base.
         */
        OwnLevel levelBefore(String personId, LocalDate since, LocalDate firstNight) {
            return OwnLevel.before(since, seenOn(firstNight, personId), TOKENS, USD);
        }

        private SortedMap<LocalDate, OwnWeek> seenOn(LocalDate night, String personId) {
            return days.getOrDefault(personId, new TreeMap<>()).tailMap(night.minusDays(daysBack));
        }

        /**
         * Returns the first day of the run of strange days that a finding belongs to; empty where no day is strange by itself.
         *
         * <p>A day is strange when, in the week that ends on it, one of the finding's leading features lies nearer to its present value than
         * to the peers' median. The run goes back from the run date and bears pauses of up to a week. One that goes back as far as is known
         * may be of a habit that is no part of the finding; then the features that have changed tell the turn, against the own earlier weeks.
         */
        Optional<LocalDate> began(Candidate candidate) {
            SortedMap<LocalDate, OwnWeek> weeks = seenOn(runDate, candidate.personId());
            Evidence evidence = candidate.evidence();
            Optional<LocalDate> besidePeers = began(weeks, evidence, evidence.leading(LEADING), evidence::peerMedian);
            if (besidePeers.isEmpty()
                    || levelBefore(candidate.personId(), besidePeers.get(), runDate)
                            .isKnown()) {
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
