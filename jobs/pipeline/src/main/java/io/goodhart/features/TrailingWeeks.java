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
import scala.Tuple4;

/** The week that ends on each of a range of days, for a few people: the days on which a usage turned. */
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

    /** Returns weeks by their last day and person, but for those in which the person was not there; collected, for the people are findings. */
    public Map<String, SortedMap<LocalDate, OwnWeek>> of(Collection<String> personIds) {
        Map<String, SortedMap<LocalDate, OwnWeek>> found = new HashMap<>();
        if (personIds.isEmpty()) {
            return found;
        }
        List<LocalDate> ends = first.datesUntil(last.plusDays(1)).toList();
        WindowCutter cutter = features.cutter(WEEK, false);
        Set<String> premiumModels = features.premiumModels();
        features.rowsOf(personIds)
                .mapPartitions(rows -> weeks(new PeopleIterator(rows, premiumModels), ends, cutter))
                .collect()
                .forEach(week -> found.computeIfAbsent(week._1(), absent -> new TreeMap<>())
                        .put(week._2(), new OwnWeek(week._3(), week._4())));
        return found;
    }

    private static Iterator<Tuple4<String, LocalDate, Integer, double[]>> weeks(
            PeopleIterator people, List<LocalDate> ends, WindowCutter cutter) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(people, Spliterator.ORDERED), false)
                .flatMap(person -> ends.stream()
                        .flatMap(end -> Stream.ofNullable(cutter.weekOrNull(person, end))
                                .map(week -> new Tuple4<>(person.id(), end, week.presentDays(), week.valuesOrNull()))))
                .iterator();
    }
}
