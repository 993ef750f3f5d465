package io.goodhart.features;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import scala.Tuple3;

/** The raw features of the week that ends on each of a range of days, for a few people: the days on which a usage turned. */
public final class TrailingWeeks {
    private static final int WEEK = 7;

    private final WindowFeatures features;
    private final LocalDate first;
    private final LocalDate last;

    /**
     * @param features what windows are made from
     * @param first first day that a week may end on
     * @param last last such day
     */
    public TrailingWeeks(WindowFeatures features, LocalDate first, LocalDate last) {
        this.features = features;
        this.first = first;
        this.last = last;
    }

    /** Returns values by feature, by day and person; collected, for the people are findings. */
    public Map<String, SortedMap<LocalDate, double[]>> of(Collection<String> personIds) {
        Map<String, SortedMap<LocalDate, double[]>> values = new HashMap<>();
        if (personIds.isEmpty()) {
            return values;
        }
        List<LocalDate> ends = first.datesUntil(last.plusDays(1)).toList();
        WindowCutter cutter = features.cutter(WEEK, false);
        Set<String> premiumModels = features.premiumModels();
        features.rowsOf(personIds)
                .mapPartitions(rows -> weeks(new PeopleIterator(rows, premiumModels), ends, cutter))
                .collect()
                .forEach(week -> values.computeIfAbsent(week._1(), absent -> new TreeMap<>())
                        .put(week._2(), week._3()));
        return values;
    }

    private static Iterator<Tuple3<String, LocalDate, double[]>> weeks(
            PeopleIterator people, List<LocalDate> ends, WindowCutter cutter) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(people, Spliterator.ORDERED), false)
                .flatMap(person -> ends.stream()
                        .flatMap(end -> Stream.ofNullable(cutter.totalsOrNull(person, end))
                                .map(totals -> new Tuple3<>(person.id(), end, FeatureSet.values(totals)))))
                .iterator();
    }
}
