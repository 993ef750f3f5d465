package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedDayTest {
    @Test
    void everySummedColumnKeepsItsValueAndItsPlace() {
        TestRow row = Days.day("2026-05-04");
        for (int i = 0; i < WindowTotals.SUMMED.size(); i++) {
            row = row.with(WindowTotals.SUMMED.get(i), i % 2 == 0 ? Long.MAX_VALUE - i : i);
        }

        PersonDay day = Days.laid(row).get(0);

        for (int i = 0; i < WindowTotals.SUMMED.size(); i++) {
            assertThat(day.sum(i)).as(WindowTotals.SUMMED.get(i).name()).isEqualTo(i % 2 == 0 ? Long.MAX_VALUE - i : i);
        }
        assertThat(day.known()).isEqualTo((1L << WindowTotals.SUMMED.size()) - 1);
    }

    @Test
    void whatIsNotKnownStaysUnknownAndZeroStaysZero() {
        for (ColumnSpec column : WindowTotals.SUMMED) {
            int place = WindowTotals.place(column);
            assertThat(Days.laid(Days.with(column, 0L)).get(0).known())
                    .as(column.name())
                    .isEqualTo(1L << place);
            assertThat(Days.laid(Days.with(column, null)).get(0).known()).isZero();
        }
    }

    @Test
    void aDayWithoutUsageNamesNoSource() {
        TestRow output = Days.with(PersonDays.MODELS, null).with(PersonDays.COMMITS, 2L);

        assertThat(Days.laid(output).get(0).usageSources()).isEmpty();
        assertThat(Days.laid(output.with(PersonDays.TOTAL_TOKENS, 0L)).get(0).usageSources())
                .containsExactly("claude_code");
    }

    @Test
    void sourcesOfADayAreLaidOverOneAnother() {
        TestRow one = Days.day("2024-02-29")
                .with(PersonDays.COST_USD, new BigDecimal("0.000001"))
                .with(PersonDays.ACTIVE_HOURS, Days.hours(0, 9))
                .with(PersonDays.NIGHT_REQUESTS, 2L)
                .with(PersonDays.MINUTE_REQUESTS, Days.minutes(3, 0, 59))
                .with(PersonDays.LONGEST_STREAK_MINUTES, 30L)
                .with(PersonDays.MODELS, List.of(Days.use(Days.PREMIUM, 4, 1), Days.use("haiku", 5, 2)))
                .with(PersonDays.PROMPT_SAMPLE_HASHES, List.of(Long.MIN_VALUE, 7L));
        TestRow other = Days.day("2024-02-29")
                .from("курсор")
                .with(PersonDays.COST_USD, null)
                .with(PersonDays.ACTIVE_HOURS, Days.hours(9, 22))
                .with(PersonDays.NIGHT_REQUESTS, 1L)
                .with(PersonDays.MINUTE_REQUESTS, Days.minutes(1, 59))
                .with(PersonDays.LONGEST_STREAK_MINUTES, 20L)
                .with(PersonDays.PROMPT_SAMPLE_HASHES, List.of(7L, Long.MAX_VALUE));

        List<PersonDay> days = Days.laid(one, other);

        assertThat(days).hasSize(1);
        PersonDay day = days.get(0);
        assertThat(day.usageSources()).containsExactlyInAnyOrder("claude_code", "курсор");
        assertThat(day.microDollars()).isEqualTo(1);
        assertThat(day.isCostKnown()).isTrue();
        assertThat(day.hours()).isEqualTo(1 | 1 << 9 | 1 << 22);
        assertThat(day.nightRequests()).isEqualTo(3);
        assertThat(day.minutes()[0]).isEqualTo(3);
        assertThat(day.minutes()[59]).isEqualTo(4);
        assertThat(day.streakMinutes()).isEqualTo(30);
        assertThat(List.of(day.modelRequests(), day.premiumRequests(), day.premiumTrivialRequests()))
                .containsExactly(9L, 4L, 1L);
        assertThat(day.prompts()).containsExactly(Long.MIN_VALUE, 7L, Long.MAX_VALUE);
    }

    @Test
    void onlyPromptsOfThreeDaysOrMoreAreNumbered() {
        List<PersonDay> days = Days.laid(
                sampled("2026-05-04", 5, 9, 11),
                sampled("2026-05-05", 9, 5),
                sampled("2026-05-06", 5),
                sampled("2026-05-07", 12));

        assertThat(days).extracting(day -> day.repeatedPrompts().length).containsExactly(1, 1, 1, 0);
        assertThat(days.get(0).repeatedPrompts()).containsExactly(0);
    }

    private static TestRow sampled(String date, long... prompts) {
        return Days.day(date)
                .with(
                        PersonDays.PROMPT_SAMPLE_HASHES,
                        java.util.Arrays.stream(prompts).boxed().toList());
    }
}
