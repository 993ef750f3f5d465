package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** 2026-05-04 is a Monday. */
class ReciprocalMergesTest {
    @Test
    void quickMergesForEachOtherInTheSameWeekCountForBoth() {
        assertThat(counts(merged("a", "2026-05-04", by("b", 5, 3)), merged("b", "2026-05-10", by("a", 1, 1))))
                .isEqualTo(Map.of("a 2026-05-04", 3L, "b 2026-05-10", 1L));
    }

    @Test
    void whatIsNotReturnedInTheWeekDoesNot() {
        assertThat(counts(merged("a", "2026-05-04", by("b", 5, 3)), merged("b", "2026-05-11", by("a", 1, 1))))
                .isEmpty();
        assertThat(counts(merged("a", "2026-05-04", by("b", 5, 3)), merged("b", "2026-05-05", by("c", 1, 1))))
                .isEmpty();
    }

    @Test
    void slowMergesAndOwnOnesDoNot() {
        assertThat(counts(merged("a", "2026-05-04", by("b", 5, 0)), merged("b", "2026-05-05", by("a", 4, 4))))
                .isEmpty();
        assertThat(counts(merged("a", "2026-05-04", by("a", 5, 5)))).isEmpty();
    }

    @Test
    void ofThoseWhoMergedOnlyTheReturningOnesCount() {
        assertThat(counts(
                        merged("a", "2026-05-04", by("b", 2, 2), by("c", 4, 4)),
                        merged("b", "2026-05-05", by("a", 1, 1)),
                        merged("d", "2026-05-05", by("a", 1, 1))))
                .isEqualTo(Map.of("a 2026-05-04", 2L, "b 2026-05-05", 1L));
    }

    private static Map<String, Long> counts(TestRow... days) {
        return ReciprocalMerges.of(Rows.dataset(days)).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.get(0) + " " + row.get(1), row -> row.getLong(2)));
    }

    private static TestRow merged(String person, String date, Row... mergers) {
        return Days.day(date).by(person).with(PersonDays.MERGED_BY, List.copyOf(Arrays.asList(mergers)));
    }

    private static Row by(String person, long merges, long quick) {
        return RowFactory.create(person, merges, quick);
    }
}
