package io.goodhart.features;

import io.goodhart.tables.SourceHealth;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** On how many days of a window a person was observed: employed, within the history, and with a healthy source of theirs. */
final class Observation implements Serializable {
    private static final Set<String> UNHEALTHY = Set.of("missing", "low");

    private final LocalDate historyStart;
    private final NavigableMap<LocalDate, Set<String>> unhealthySources;

    private Observation(LocalDate historyStart, NavigableMap<LocalDate, Set<String>> unhealthySources) {
        this.historyStart = historyStart;
        this.unhealthySources = unhealthySources;
    }

    /**
     * Reads the health of sources.
     *
     * @param sourceHealth rows of {@code source_health}
     * @param historyStart the first day of the landing
     */
    static Observation of(Collection<Row> sourceHealth, LocalDate historyStart) {
        NavigableMap<LocalDate, Set<String>> unhealthy = sourceHealth.stream()
                .filter(row -> UNHEALTHY.contains(row.<String>getAs(SourceHealth.VERDICT.name())))
                .collect(Collectors.groupingBy(
                        row -> row.<Date>getAs(SourceHealth.EVENT_DATE.name()).toLocalDate(),
                        TreeMap::new,
                        Collectors.mapping(row -> row.getAs(SourceHealth.SOURCE.name()), Collectors.toSet())));
        return new Observation(historyStart, unhealthy);
    }

    /** Returns on how many days from {@code start} to {@code end} {@code person} was observed. */
    int days(Person person, LocalDate start, LocalDate end) {
        LocalDate from = from(person, start);
        LocalDate to = to(person, end);
        return to.isBefore(from)
                ? 0
                : (int) (ChronoUnit.DAYS.between(from, to)
                        + 1
                        - dark(person, start, end, from, to).size());
    }

    /**
     * Returns the days over which amounts are spread: of the observed ones, those on which the person was not away or used an AI tool
     * nevertheless.
     */
    int daysPresent(Person person, LocalDate start, LocalDate end) {
        int observed = days(person, start, end);
        if (observed == 0 || person.absences().isEmpty()) {
            return observed;
        }
        LocalDate from = from(person, start);
        LocalDate to = to(person, end);
        Set<LocalDate> dark = dark(person, start, end, from, to);
        Set<LocalDate> used = person.days(from, to).stream()
                .filter(day -> !day.usageSources().isEmpty())
                .map(PersonDay::date)
                .collect(Collectors.toSet());
        long away = from.datesUntil(to.plusDays(1))
                .filter(date -> person.isAway(date) && !used.contains(date) && !dark.contains(date))
                .count();
        return (int) (observed - away);
    }

    private LocalDate from(Person person, LocalDate start) {
        return latest(latest(start, historyStart), person.startOrNull());
    }

    private static LocalDate to(Person person, LocalDate end) {
        return person.endOrNull() != null && person.endOrNull().isBefore(end) ? person.endOrNull() : end;
    }

    /** Returns the days from {@code from} to {@code to} on which all sources that the person used in the window were dark. */
    private Set<LocalDate> dark(Person person, LocalDate start, LocalDate end, LocalDate from, LocalDate to) {
        SortedMap<LocalDate, Set<String>> unhealthy = unhealthySources.subMap(from, to.plusDays(1));
        if (unhealthy.isEmpty()) {
            return Set.of();
        }
        Set<String> sources = person.days(start, end).stream()
                .flatMap(day -> day.usageSources().stream())
                .collect(Collectors.toSet());
        return sources.isEmpty()
                ? Set.of()
                : unhealthy.entrySet().stream()
                        .filter(day -> day.getValue().containsAll(sources))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    private static LocalDate latest(LocalDate one, LocalDate otherOrNull) {
        return otherOrNull != null && otherOrNull.isAfter(one) ? otherOrNull : one;
    }
}
