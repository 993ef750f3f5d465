package io.goodhart.jobs.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.goodhart.jobs.desk.Comparison.Change;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Two nights by hand, of which a test tells only the rows that it is about. */
class CompareJobTest {
    private static final LocalDate THEN = LocalDate.parse("2026-05-30");
    private static final LocalDate NOW = LocalDate.parse("2026-05-31");
    private static final String MERGED = "Merged into Name of p1 (p1)";
    private static final String SPLIT_OFF = "Split off from Name of p1 (p1)";
    private static final String RETIRED = "Retired: no finding bears it any more";

    @Test
    void aPatternThatIsNoMoreIsToldWithWhatBecameOfIt() {
        Night then = night(THEN)
                .found("a", 1, "p1")
                .found("b", 2, "p2")
                .pattern("p1", 1)
                .pattern("p2", 1);
        Night merged = night(NOW)
                .found("a", 1, "p1")
                .found("b", 2, "p1")
                .pattern("p1", 2)
                .last("p2", MERGED);
        Night retired = night(NOW).found("a", 1, "p1").pattern("p1", 1).last("p2", RETIRED);

        assertThat(patterns(then, merged))
                .containsExactly(tuple("Name of p1", "1 -> 2", ""), tuple("Name of p2", "1 -> ", MERGED));
        assertThat(patterns(then, retired))
                .containsExactly(tuple("Name of p1", "1", ""), tuple("Name of p2", "1 -> ", RETIRED));
    }

    @Test
    void aPatternThatWentOnANightBetweenIsGoneAndOneThatReturnsIsNew() {
        Night with = night(THEN).found("a", 1, "p1").pattern("p1", 1);
        Night without = night(NOW);
        Night withItsLastRow = night(THEN).last("p1", RETIRED);
        Night back = night(NOW).found("a", 1, "p1").pattern("p1", 1);

        assertThat(patterns(with, without)).containsExactly(tuple("Name of p1", "1 -> ", "gone"));
        assertThat(patterns(withItsLastRow, back)).containsExactly(tuple("Name of p1", " -> 1", "new"));
        assertThat(patterns(withItsLastRow, without)).isEmpty();
    }

    @Test
    void aPatternThatSplitOffIsToldFromWhich() {
        Night then = night(THEN).found("a", 1, "p1").found("b", 2, "p1").pattern("p1", 2);
        Night now = night(NOW)
                .found("a", 1, "p1")
                .found("b", 2, "p2")
                .pattern("p1", 1)
                .with(pattern(NOW, "p2", 1, "Strange. " + SPLIT_OFF));

        assertThat(patterns(then, now))
                .containsExactly(tuple("Name of p1", "2 -> 1", ""), tuple("Name of p2", " -> 1", SPLIT_OFF));
    }

    @Test
    void aPatternOfSuppressedFindingsIsStillThere() {
        Night then = night(THEN).found("a", 1, "p1").pattern("p1", 1);
        Night now = night(NOW).suppressed("a", "p1").pattern("p1", 0);

        assertThat(patterns(then, now)).containsExactly(tuple("Name of p1", "1 -> 0", ""));
    }

    @Test
    void whoIsSuppressedIsToldOnlyWhenLeavingTheRankingOrEnteringIt() {
        Night open = night(THEN).found("a", 1, "p1").pattern("p1", 1);
        Night nothing = night(THEN);
        Night suppressed = night(NOW).suppressed("a", "p1").pattern("p1", 0);

        assertThat(CompareJob.of(nothing.read(), suppressed.read()).changes()).isEmpty();
        assertThat(CompareJob.of(suppressed.read(), nothing.read()).changes()).isEmpty();
        assertThat(CompareJob.of(suppressed.read(), suppressed.read()).changes())
                .isEmpty();
        assertThat(change(open, suppressed))
                .returns("suppressed", Change::kind)
                .returns("1 -> none", Change::rank)
                .returns(
                        "declared in declared_workloads, or judged benign or planned_activity in dispositions",
                        Change::why);
        assertThat(change(suppressed, open))
                .returns("open again", Change::kind)
                .returns("none -> 1", Change::rank)
                .returns("no longer covered by a row of declared_workloads or dispositions", Change::why);
    }

    @Test
    void whoGoesThoughTheScoreRoseOrComesThoughItFellIsToldOfTheOthers() {
        Night found =
                night(THEN).found("a", 1, "p1").pattern("p1", 1).score("a", 0.6).upTo(0.01);
        Night stranger = night(NOW).score("a", 0.7);

        assertThat(change(found, stranger.upTo(0.004)))
                .returns("gone", Change::kind)
                .returns("though the score rose: reported up to a p-value of 0.0100 then, 0.00400 now", Change::why);
        assertThat(change(found, stranger.upTo(0.01))).returns("though the score rose: the others moved", Change::why);
        assertThat(change(stranger.upTo(0.004), found))
                .returns("new", Change::kind)
                .returns("though the score fell: reported up to a p-value of 0.00400 then, 0.0100 now", Change::why);
    }

    @Test
    void whoMovesDownThoughTheScoreRoseIsToldOfTheOthers() {
        Night then = night(THEN).found("a", 1, "p1").pattern("p1", 1).score("a", 0.6);
        Night now = night(NOW).found("a", 2, "p1").pattern("p1", 1).score("a", 0.7);

        assertThat(change(then, now))
                .returns("moved", Change::kind)
                .returns("though the score rose: the others moved", Change::why);
    }

    private static List<Tuple> patterns(Night then, Night now) {
        return CompareJob.of(then.read(), now.read()).patterns().stream()
                .map(pattern -> tuple(pattern.name(), pattern.people(), pattern.became()))
                .toList();
    }

    private static Change change(Night then, Night now) {
        List<Change> changes = CompareJob.of(then.read(), now.read()).changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static Night night(LocalDate date) {
        return new Night(date, List.of(), Optional.empty());
    }

    private static TestRow pattern(LocalDate date, String id, long people, String description) {
        return Rows.of(UsagePatterns.CONTRACT)
                .with(UsagePatterns.RUN_DATE, date)
                .with(UsagePatterns.PATTERN_ID, id)
                .with(UsagePatterns.NAME, "Name of " + id)
                .with(UsagePatterns.DESCRIPTION, description)
                .with(UsagePatterns.PEOPLE, people);
    }

    private static TableRow inItsTable(TestRow row) {
        Object[] values = row.contract().columns().stream().map(row::value).toArray();
        return new TableRow(new GenericRowWithSchema(values, row.contract().schema()));
    }

    /** A night's rows, of any of the tables that are compared. Immutable: each method returns another night. */
    private record Night(LocalDate date, List<TestRow> rows, Optional<Double> lastReported) {
        Night found(String person, int rank, String pattern) {
            return with(finding(person, pattern).with(SuspiciousUsage.RANK, rank));
        }

        Night suppressed(String person, String pattern) {
            return with(finding(person, pattern));
        }

        Night pattern(String id, long people) {
            return with(CompareJobTest.pattern(date, id, people, "Strange"));
        }

        /** The row of a pattern that is no more. */
        Night last(String id, String became) {
            return with(CompareJobTest.pattern(date, id, 0, "Strange. " + became));
        }

        Night score(String person, double score) {
            return with(Rows.of(UsageScores.CONTRACT)
                    .with(UsageScores.RUN_DATE, date)
                    .with(UsageScores.SCORE, score)
                    .by(person));
        }

        Night upTo(double pValue) {
            return new Night(date, rows, Optional.of(pValue));
        }

        Night with(TestRow row) {
            return new Night(date, Stream.concat(rows.stream(), Stream.of(row)).toList(), lastReported);
        }

        private TestRow finding(String person, String pattern) {
            return Rows.of(SuspiciousUsage.CONTRACT)
                    .with(SuspiciousUsage.RUN_DATE, date)
                    .with(SuspiciousUsage.PATTERN_ID, pattern)
                    .by(person);
        }

        PublishedNight read() {
            return new PublishedNight(
                    date,
                    Optional.of("model-1"),
                    0,
                    lastReported,
                    rowsOf(SuspiciousUsage.CONTRACT, SuspiciousUsage.PERSON_ID),
                    rowsOf(UsageScores.CONTRACT, UsageScores.PERSON_ID),
                    Map.of(),
                    rowsOf(UsagePatterns.CONTRACT, UsagePatterns.PATTERN_ID));
        }

        private Map<String, TableRow> rowsOf(TableContract table, ColumnSpec key) {
            return rows.stream()
                    .filter(row -> row.contract().equals(table))
                    .collect(Collectors.toMap(row -> (String) row.value(key), CompareJobTest::inItsTable));
        }
    }
}
