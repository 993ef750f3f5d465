package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Random days of twenty people and two sources over three weeks; 2026-05-04 is a Monday. */
class SharedPromptsTest {
    private static final String PLAIN = """
            WITH sent AS (
              SELECT DISTINCT person_id, event_date, date_trunc('week', event_date) AS week, prompt
              FROM days LATERAL VIEW explode(prompt_sample) AS prompt),
            shared AS (
              SELECT week, prompt FROM sent GROUP BY week, prompt HAVING count(DISTINCT person_id) > 1)
            SELECT person_id, event_date, count(*) FROM sent JOIN shared USING (week, prompt)
            GROUP BY person_id, event_date
            """;

    @Test
    void countsAreThoseOfPlainSqlInAnyOrderAndPartitioning() {
        for (long seed = 1; seed <= 5; seed++) {
            List<TestRow> days = days(new Random(seed));
            Dataset<Row> rows = Rows.dataset(days.toArray(TestRow[]::new));
            rows.createOrReplaceTempView("days");
            Map<String, Long> expected = counts(rows.sparkSession().sql(PLAIN));
            rows.sparkSession().catalog().dropTempView("days");
            assertThat(expected).isNotEmpty();

            Collections.shuffle(days, new Random(-seed));
            Dataset<Row> shuffled = Rows.dataset(days.toArray(TestRow[]::new)).repartition(5);

            assertThat(counts(SharedPrompts.of(rows))).isEqualTo(expected);
            assertThat(counts(SharedPrompts.of(shuffled))).isEqualTo(expected);
        }
    }

    @Test
    void sundayAndTheMondayAfterAreDifferentWeeks() {
        assertThat(counts(SharedPrompts.of(Rows.dataset(sent("a", "2026-05-10", 7L), sent("b", "2026-05-11", 7L)))))
                .isEmpty();
        assertThat(counts(SharedPrompts.of(Rows.dataset(sent("a", "2026-05-04", 7L), sent("b", "2026-05-10", 7L)))))
                .isEqualTo(Map.of("a 2026-05-04", 1L, "b 2026-05-10", 1L));
    }

    private static Map<String, Long> counts(Dataset<Row> counts) {
        return counts.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.get(0) + " " + row.get(1), row -> row.getLong(2), Long::sum));
    }

    private static List<TestRow> days(Random random) {
        List<TestRow> days = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            for (int day = 0; day < 21; day++) {
                for (String source : List.of("claude_code", "cursor")) {
                    Long[] prompts = IntStream.range(0, random.nextInt(5))
                            .mapToObj(i -> Long.MIN_VALUE + random.nextInt(400) * (1L << 50))
                            .distinct()
                            .toArray(Long[]::new);
                    String date = LocalDate.parse("2026-05-04").plusDays(day).toString();
                    days.add(sent("p" + person, date, prompts).from(source));
                }
            }
        }
        return days;
    }

    private static TestRow sent(String person, String date, Long... prompts) {
        return Days.day(date).by(person).with(PersonDays.PROMPT_SAMPLE_HASHES, List.of(prompts));
    }
}
