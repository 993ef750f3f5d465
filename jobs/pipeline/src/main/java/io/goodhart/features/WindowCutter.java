package io.goodhart.features;

import io.goodhart.tables.PersonDays;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Map;

/** Cuts a person's days into what a window and, when looking back, the weeks before it hold. */
record WindowCutter(FeatureSettings settings, Calendar calendar, Observation observation, boolean lookingBack)
        implements Serializable {

    /** Returns what the window that ends on {@code end} holds, with the person's own earlier weeks; null: no usage. */
    WindowTotals totalsOrNull(Person person, LocalDate end) {
        WindowTotals totals = totals(person, end, settings.windowDays());
        if (!totals.hasUsage()) {
            return null;
        }
        if (!lookingBack) {
            return totals;
        }
        WindowTotals earlier = totals(person, end.minusDays(settings.windowDays()), settings.baselineDays());
        totals.earlier = earlier.presentDays >= settings.windowDays() && earlier.hasUsage() ? earlier : null;
        return totals;
    }

    /** Returns the week that ends on {@code end}, with a window's length of one; null: the person was not there. */
    OwnWeek weekOrNull(Person person, LocalDate end) {
        WindowTotals totals = totalsOrNull(person, end);
        if (totals != null) {
            totals.isOneWeek = true;
            return new OwnWeek(totals.presentDays, FeatureSet.values(totals));
        }
        int present = observation.daysPresent(person, end.minusDays(settings.windowDays() - 1L), end);
        return present == 0 ? null : new OwnWeek(present, null);
    }

    /** Returns the first half of the person's own earlier weeks; null where it was hardly observed. */
    WindowTotals firstOrNull(Person person, LocalDate end) {
        int half = settings.baselineDays() / 2;
        WindowTotals first =
                totals(person, end.minusDays(settings.windowDays() + settings.baselineDays() - half), half);
        return first.presentDays >= settings.minimumObservedDays() && first.hasUsage() ? first : null;
    }

    private WindowTotals totals(Person person, LocalDate end, int length) {
        LocalDate start = end.minusDays(length - 1L);
        WindowTotals totals = new WindowTotals();
        person.days(start, end).forEach(totals::add);
        LocalDate known = Calendar.monday(end.minusDays(settings.windowDays() + settings.baselineDays() - 1L));
        calendar.addTo(totals, person, observation.landed(known), observation.landed(start), end);
        totals.observedDays = observation.days(person, start, end);
        totals.presentDays = Math.max(
                Math.min(totals.observedDays, settings.minimumObservedDays()),
                observation.daysPresent(person, start, end));
        totals.workingDays = person.workingDays();
        totals.outcomes = outcomes(totals);
        return totals;
    }

    private double outcomes(WindowTotals totals) {
        double outcomes = 0;
        for (Map.Entry<String, Double> weight : settings.outcomeWeights().entrySet()) {
            outcomes += weight.getValue() * totals.orZero(PersonDays.ofKind(weight.getKey()));
        }
        return outcomes;
    }
}
