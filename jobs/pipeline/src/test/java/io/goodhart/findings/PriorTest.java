package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.testing.Rows;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PriorTest {
    private static final LocalDate BEGAN = LocalDate.parse("2026-04-01");
    private static final LocalDate FOUND = LocalDate.parse("2026-04-20");
    private static final LocalDate NIGHT = LocalDate.parse("2026-05-30");

    @Test
    void aFindingKnowsTheNightOnWhichItWasFirstFound() {
        Prior prior = Prior.of(
                NIGHT,
                List.of(
                        finding("old", FindingId.of("old", FOUND), 1),
                        finding("new", FindingId.of("new", NIGHT), null),
                        finding("of_another_making", "f-1", 2)),
                List.of());

        assertThat(prior.findings().get("old"))
                .isEqualTo(new Prior.Ongoing(FindingId.of("old", FOUND), FOUND, BEGAN, "runaway_loop", false));
        assertThat(prior.findings().get("new").firstNight()).isEqualTo(NIGHT);
        assertThat(prior.findings().get("new").isSuppressed()).isTrue();
        assertThat(prior.findings().get("of_another_making").firstNight()).isEqualTo(NIGHT);
        assertThat(prior.oldestNight(NIGHT)).isEqualTo(FOUND);
        assertThat(Prior.none().oldestNight(NIGHT)).isEqualTo(NIGHT);
    }

    @Test
    void whoFellOutForSomeNightsGoesOnFromTheNewestFinding() {
        Prior prior = Prior.of(
                NIGHT,
                List.of(
                        finding(NIGHT.minusDays(3), "lapsed", "newer", 1),
                        finding(NIGHT, "there", "f-1", 1),
                        finding(NIGHT.minusDays(5), "lapsed", "older", 1),
                        finding(NIGHT.minusDays(3), "there", "f-1", 1)),
                List.of());

        assertThat(prior.of("lapsed").orElseThrow().findingId()).isEqualTo("newer");
        assertThat(prior.of("there").orElseThrow()).isEqualTo(prior.findings().get("there"));
        assertThat(prior.of("never")).isEmpty();
        assertThat(prior.findings()).containsOnlyKeys("there");
        assertThat(prior.lapsed()).containsOnlyKeys("lapsed");
        assertThat(prior.oldestNight(NIGHT)).isEqualTo(NIGHT.minusDays(3));
    }

    private static Row finding(String person, String id, Integer rankOrNull) {
        return finding(NIGHT, person, id, rankOrNull);
    }

    private static Row finding(LocalDate night, String person, String id, Integer rankOrNull) {
        return Rows.dataset(Rows.of(SuspiciousUsage.CONTRACT)
                        .by(person)
                        .with(SuspiciousUsage.RUN_DATE, night.toString())
                        .with(SuspiciousUsage.FINDING_ID, id)
                        .with(SuspiciousUsage.SINCE, BEGAN.toString())
                        .with(SuspiciousUsage.PATTERN_ID, "runaway_loop")
                        .with(SuspiciousUsage.RANK, rankOrNull))
                .first();
    }
}
