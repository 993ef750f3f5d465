package io.goodhart.features;

import io.goodhart.tables.SourceHealth;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** On how many days of a window a person was observed: employed, within the history, and with a healthy source of theirs. */
final class Observation implements Serializable {
    private final LocalDate historyStart;
    private final Map<LocalDate, Set<String>> unhealthySources;

    private Observation(LocalDate historyStart, Map<LocalDate, Set<String>> unhealthySources) {
        this.historyStart = historyStart;
        this.unhealthySources = unhealthySources;
    }

    /**
     * Reads the health of sources.
     *
     * @param sourceHealth rows of {@code source_health}; the unhealthy ones are collected, as many as sources times days at the most
     * @param historyStart the first day of the landing
     */
    static Observation of(Dataset<Row> sourceHealth, LocalDate historyStart) {
        Map<LocalDate, Set<String>> unhealthy = sourceHealth
                .where(SourceHealth.VERDICT.col().isin("missing", "low"))
                .select(SourceHealth.EVENT_DATE.col().cast("string"), SourceHealth.SOURCE.col())
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(
                        row -> LocalDate.parse(row.getString(0)),
                        Collectors.mapping(row -> row.getString(1), Collectors.toSet())));
        return new Observation(historyStart, unhealthy);
    }

    /** Returns the observed days of {@code person} from {@code start} to {@code end}. */
    int days(Person person, LocalDate start, LocalDate end) {
        return observed(person, start, end).size();
    }

    private List<LocalDate> observed(Person person, LocalDate start, LocalDate end) {
        LocalDate from = latest(latest(start, historyStart), person.startOrNull());
        LocalDate to = person.endOrNull() != null && person.endOrNull().isBefore(end) ? person.endOrNull() : end;
        Set<String> sources = new HashSet<>();
        person.days().stream()
                .filter(day -> !day.date().isBefore(start) && !day.date().isAfter(end))
                .forEach(day -> sources.addAll(day.usageSources()));
        List<LocalDate> observed = new ArrayList<>();
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            Set<String> dark = unhealthySources.getOrDefault(date, Set.of());
            if (sources.isEmpty() || !dark.containsAll(sources)) {
                observed.add(date);
            }
        }
        return observed;
    }

    /**
     * Returns the days over which amounts are spread: of the observed ones, those on which the person was not away or used an AI tool
     * nevertheless.
     */
    int daysPresent(Person person, LocalDate start, LocalDate end) {
        Set<LocalDate> used = person.days().stream()
                .filter(day -> !day.usageSources().isEmpty())
                .map(PersonDay::date)
                .collect(Collectors.toSet());
        return (int) observed(person, start, end).stream()
                .filter(date -> used.contains(date) || !person.isAway(date))
                .count();
    }

    private static LocalDate latest(LocalDate one, LocalDate otherOrNull) {
        return otherOrNull != null && otherOrNull.isAfter(one) ? otherOrNull : one;
    }
}
