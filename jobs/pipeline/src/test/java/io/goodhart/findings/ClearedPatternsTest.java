package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.Dispositions;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClearedPatternsTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-05-31");

    @Test
    void whoWasFoundInThePatternThatTheyAreClearedOfIsExpectedThereAgain() {
        ClearedPatterns cleared = ClearedPatterns.of(
                Rows.dataset(
                        decided("again", "runaway_loop"),
                        decided("again", "timer_ping"),
                        decided("elsewhere", "runaway_loop"),
                        decided("not_found", "runaway_loop"),
                        decided("of_all", null),
                        decided("confirmed", "runaway_loop").with(Dispositions.DECISION, "confirmed"),
                        decided("run_out", "runaway_loop").with(Dispositions.SUPPRESS_UNTIL, "2026-05-30")),
                NIGHT);
        Prior prior = new Prior(
                Map.of(
                        "again", found("runaway_loop"),
                        "elsewhere", found("timer_ping"),
                        "of_all", found("runaway_loop"),
                        "confirmed", found("runaway_loop"),
                        "run_out", found("runaway_loop"),
                        "never_judged", found("runaway_loop")),
                Map.of("not_found", found("runaway_loop")),
                List.of());

        assertThat(cleared.foundIn(prior)).containsExactly("again");
        assertThat(cleared.foundIn(Prior.none())).isEmpty();
        assertThat(cleared.holds("again", "timer_ping")).isTrue();
        assertThat(cleared.holds("elsewhere", "timer_ping")).isFalse();
    }

    private static Prior.Ongoing found(String patternId) {
        return new Prior.Ongoing("finding", NIGHT, NIGHT, patternId, true);
    }

    private static TestRow decided(String person, String patternIdOrNull) {
        return Rows.of(Dispositions.CONTRACT)
                .by(person)
                .with(Dispositions.PATTERN_ID, patternIdOrNull)
                .with(Dispositions.DECISION, "benign")
                .with(Dispositions.DECIDED_ON, "2026-05-31");
    }
}
