package io.goodhart.features;

import io.goodhart.tables.SourceHealth;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
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
     * Returns the days over which amounts are spread: the observed ones on which the person was not away, and every other day on which
     * the person used an AI tool nevertheless, for its amounts are among them.
     */
    int daysPresent(Person person, LocalDate start, LocalDate end) {
        LocalDate from = from(person, start);
        LocalDate to = to(person, end);
        Set<LocalDate> dark = to.isBefore(from) ? Set.of() : dark(person, start, end, from, to);
        if (dark.isEmpty() && person.absences().isEmpty() && from.equals(start) && to.equals(end)) {
            return days(person, start, end);
        }
        Set<LocalDate> used = person.days(start, end).stream()
                .filter(day -> !day.usageSources().isEmpty())
                .map(PersonDay::date)
                .collect(Collectors.toSet());
        return (int) start.datesUntil(end.plusDays(1))
                .filter(date -> used.contains(date)
                        || !(date.isBefore(from) || date.isAfter(to) || dark.contains(date) || person.isAway(date)))
                .count();
    }

    /** Returns {@code date}, or the first day of the landing where that is later: what began before it is known in part only. */
    LocalDate landed(LocalDate date) {
        return latest(date, historyStart);
    }

    private LocalDate from(Person person, LocalDate start) {
        return latest(landed(start), person.startOrNull());
    }

    private static LocalDate to(Person person, LocalDate end) {
        return person.endOrNull() != null && person.endOrNull().isBefore(end) ? person.endOrNull() : end;
    }

    /**
     * Returns the days from {@code from} to {@code to} on which all sources that the person used in the window were dark, or all that the
     * person ever used where the window has none.
     */
    private Set<LocalDate> dark(Person person, LocalDate start, LocalDate end, LocalDate from, LocalDate to) {
        SortedMap<LocalDate, Set<String>> unhealthy = unhealthySources.subMap(from, to.plusDays(1));
        if (unhealthy.isEmpty()) {
            return Set.of();
        }
        Set<String> inWindow = sources(person.days(start, end));
        Set<String> sources = inWindow.isEmpty() ? sources(person.days()) : inWindow;
        return sources.isEmpty()
                ? Set.of()
                : unhealthy.entrySet().stream()
                        .filter(day -> day.getValue().containsAll(sources))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    private static Set<String> sources(List<PersonDay> days) {
        return days.stream().flatMap(day -> day.usageSources().stream()).collect(Collectors.toSet());
    }

    private static LocalDate latest(LocalDate one, LocalDate otherOrNull) {
        return otherOrNull != null && otherOrNull.isAfter(one) ? otherOrNull : one;
    }
}
