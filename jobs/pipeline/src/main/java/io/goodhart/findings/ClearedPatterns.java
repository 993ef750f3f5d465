package io.goodhart.findings;

import io.goodhart.tables.Dispositions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who is cleared of one pattern, and may be found in another. People wrote the dispositions by hand, so they fit on the driver.
 *
 * @param byPerson ids of patterns by person
 */
public record ClearedPatterns(Map<String, Set<String>> byPerson) {
    /** Reads the rows of {@code dispositions} that are in force on {@code runDate}. */
    public static ClearedPatterns of(Dataset<Row> dispositions, LocalDate runDate) {
        return new ClearedPatterns(Judgement.cleared(dispositions, runDate)
                .where(Dispositions.PATTERN_ID.col().isNotNull())
                .select(Dispositions.PERSON_ID.col(), Dispositions.PATTERN_ID.col())
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.getString(0), Collectors.mapping(row -> row.getString(1), Collectors.toSet()))));
    }

    /** Returns whether the person is cleared of the pattern. */
    boolean holds(String personId, String patternId) {
        return byPerson.getOrDefault(personId, Set.of()).contains(patternId);
    }

    /** Returns who was found in a pattern, the night before, that they are cleared of, and is likely to be found in it again. */
    public List<String> foundIn(Prior prior) {
        return prior.findings().entrySet().stream()
                .filter(found -> holds(found.getKey(), found.getValue().patternId()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
