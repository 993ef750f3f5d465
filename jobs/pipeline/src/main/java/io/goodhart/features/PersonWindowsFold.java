package io.goodhart.features;

import io.goodhart.features.Feature.Family;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
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
    private final WindowCutter cutter;
    private final Set<String> premiumModels;

    PersonWindowsFold(List<LocalDate> ends, WindowCutter cutter, Set<String> premiumModels) {
        this.ends = List.copyOf(ends);
        this.cutter = cutter;
        this.premiumModels = premiumModels;
    }

    @Override
    public Iterator<OwnWindow> call(Iterator<InternalRow> rows) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                new PeopleIterator(rows, premiumModels), Spliterator.ORDERED),
                        false)
                .flatMap(person -> windows(person).stream())
                .iterator();
    }

    private List<OwnWindow> windows(Person person) {
        List<OwnWindow> windows = new ArrayList<>();
        for (LocalDate end : ends) {
            WindowTotals totals = cutter.totalsOrNull(person, end);
            if (totals != null) {
                windows.add(
                        window(person, end, totals, totals.earlier == null ? null : cutter.firstOrNull(person, end)));
            }
        }
        return windows;
    }

    private static OwnWindow window(Person person, LocalDate end, WindowTotals totals, WindowTotals firstOrNull) {
        return new OwnWindow(
                end,
                person.id(),
                person.team(),
                person.org(),
                person.role(),
                totals.observedDays,
                totals.activeDays,
                totals.totalTokens(),
                totals.microDollarsOrNull(),
                totals.outcomes,
                outputRise(totals),
                FeatureSet.values(totals),
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
