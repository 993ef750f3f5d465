package io.goodhart.features;

import io.goodhart.features.Feature.Family;
import io.goodhart.tables.PersonDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Folds {@link PersonRows} into one row for every person and window with usage.
 */
final class PersonWindowsFold implements FlatMapFunction<Iterator<InternalRow>, OwnWindow> {
    /** Outcomes that a window and its past are credited with before they are compared: two for one is no rise. */
    private static final double CREDITED_OUTCOMES = 4;

    private final List<LocalDate> ends;
    private final FeatureSettings settings;
    private final Calendar calendar;
    private final Observation observation;

    PersonWindowsFold(List<LocalDate> ends, FeatureSettings settings, Calendar calendar, Observation observation) {
        this.ends = List.copyOf(ends);
        this.settings = settings;
        this.calendar = calendar;
        this.observation = observation;
    }

    @Override
    public Iterator<OwnWindow> call(Iterator<InternalRow> rows) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(new PeopleIterator(rows), Spliterator.ORDERED), false)
                .flatMap(person -> windows(person).stream())
                .iterator();
    }

    private List<OwnWindow> windows(Person person) {
        List<OwnWindow> windows = new ArrayList<>();
        for (LocalDate end : ends) {
            WindowTotals totals = totals(person, end, settings.windowDays());
            if (!totals.hasUsage()) {
                continue;
            }
            WindowTotals earlier = totals(person, end.minusDays(settings.windowDays()), settings.baselineDays());
            totals.earlier = earlier.presentDays >= settings.windowDays() && earlier.hasUsage() ? earlier : null;
            windows.add(window(person, end, totals, totals.earlier == null ? null : firstOrNull(person, end)));
        }
        return windows;
    }

    /** Returns the first half of the person's own earlier weeks; null where it was hardly observed. */
    private WindowTotals firstOrNull(Person person, LocalDate end) {
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
        calendar.addTo(totals, person, known, start, end);
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

    private static OwnWindow window(Person person, LocalDate end, WindowTotals totals, WindowTotals firstOrNull) {
        Long microDollars = totals.microDollarsOrNull();
        return new OwnWindow(
                end,
                person.id(),
                person.team(),
                person.org(),
                person.role(),
                totals.observedDays,
                totals.activeDays,
                totals.totalTokens(),
                microDollars == null ? null : BigDecimal.valueOf(microDollars, 6),
                totals.outcomes,
                outputRise(totals),
                FeatureSet.DIRECTED.stream()
                        .mapToDouble(feature -> feature.value(totals))
                        .toArray(),
                habits(totals.earlier),
                habits(firstOrNull));
    }

    private static double outputRise(WindowTotals totals) {
        if (totals.earlier == null) {
            return 1;
        }
        double before = totals.earlier.outcomes * totals.presentDays / totals.earlier.presentDays;
        return (totals.outcomes + CREDITED_OUTCOMES) / (before + CREDITED_OUTCOMES);
    }

    /** Returns the features of earlier weeks, NaN where a feature is itself a change; null where there are none. */
    private static double[] habits(WindowTotals earlierOrNull) {
        return earlierOrNull == null
                ? null
                : FeatureSet.DIRECTED.stream()
                        .mapToDouble(feature ->
                                feature.family() == Family.CHANGE ? Double.NaN : feature.value(earlierOrNull))
                        .toArray();
    }
}
