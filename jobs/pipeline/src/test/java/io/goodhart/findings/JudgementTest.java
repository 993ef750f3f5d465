package io.goodhart.findings;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final LocalDate START = LocalDate.parse("2026-05-04");
    private static final LocalDate RUN_DATE = LocalDate.parse("2026-05-31");
    private static final StructType SCORED = new StructType()
            .add(PersonWindows.PERSON_ID.name(), DataTypes.StringType, false)
            .add(UsageScores.SCORE.name(), DataTypes.DoubleType, true);
    private static final StructType JUDGED = SCORED.add(UsageScores.P_VALUE.name(), DataTypes.DoubleType, true)
            .add(Judgement.OUTSIDE, DataTypes.BooleanType, false);

    @Test
    void declaredAndClearedPeopleAreSuppressedWhileThatHolds() {
        long[] counts = new long[HonestNull.BINS];
        IntStream.range(1_000, 2_000).forEach(bin -> counts[bin] = 1);
        HonestNull honest = HonestNull.fit(counts);
        List<String> people = List.of(
                "declared",
                "ends_first_day",
                "over_before",
                "begins_last_day",
                "begins_after",
                "benign",
                "planned",
                "confirmed",
                "unsure",
                "of_a_pattern",
                "run_out",
                "last_day",
                "decided_later",
                "nobody");
        Dataset<Row> scored = TestSession.spark()
                .createDataFrame(
                        Stream.concat(
                                        people.stream().map(id -> RowFactory.create(id, 0.4)),
                                        Stream.of(RowFactory.create("unscored", null)))
                                .toList(),
                        SCORED);

        Map<String, Row> judged = new Judgement(0.1, 1)
                        .judged(
                                scored,
                                new HonestNulls(honest, honest),
                                lit(true),
                                PersonWindows.PERSON_ID.col().equalTo("of_a_pattern"),
                                Rows.dataset(
                                        declared("declared", "2026-01-01", null),
                                        declared("declared", "2026-02-01", null),
                                        declared("ends_first_day", "2026-01-01", "2026-05-04"),
                                        declared("over_before", "2026-01-01", "2026-05-03"),
                                        declared("begins_last_day", "2026-05-31", null),
                                        declared("begins_after", "2026-06-01", null)),
                                Rows.dataset(
                                        decided("benign", "benign"),
                                        decided("planned", "planned_activity"),
                                        decided("confirmed", "confirmed"),
                                        decided("unsure", "unsure"),
                                        decided("of_a_pattern", "benign").with(Dispositions.PATTERN_ID, "runaway_loop"),
                                        decided("run_out", "benign").with(Dispositions.SUPPRESS_UNTIL, "2026-05-30"),
                                        decided("last_day", "benign").with(Dispositions.SUPPRESS_UNTIL, "2026-05-31"),
                                        decided("decided_later", "benign").with(Dispositions.DECIDED_ON, "2026-06-01")),
                                START,
                                RUN_DATE)
                        .collectAsList()
                        .stream()
                        .collect(Collectors.toMap(row -> row.getAs(PersonWindows.PERSON_ID.name()), row -> row));

        assertThat(judged.entrySet().stream()
                        .filter(entry -> entry.getValue().<Boolean>getAs(Judgement.SUPPRESSED))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "declared", "ends_first_day", "begins_last_day", "benign", "planned", "last_day");
        assertThat(judged.entrySet().stream()
                        .filter(entry -> entry.getValue().<Boolean>getAs(Judgement.OUTSIDE))
                        .map(Map.Entry::getKey))
                .as("beside them who was found again in the pattern that they are cleared of")
                .containsExactlyInAnyOrder(
                        "declared",
                        "ends_first_day",
                        "begins_last_day",
                        "benign",
                        "planned",
                        "last_day",
                        "of_a_pattern");
        assertThat(judged.get("unscored").<Double>getAs(UsageScores.P_VALUE.name()))
                .isNull();
        assertThat(judged.get("nobody").<Double>getAs(UsageScores.P_VALUE.name()))
                .isEqualTo(honest.pValue(0.4));
        assertThat(judged).hasSize(people.size() + 1);
    }

    @Test
    void whereNoWindowWithAPastWasLearnedFromAllAreHeldAgainstThoseWithout() {
        HonestNull newcomers = HonestNull.fit(counts(0.5));
        HonestNulls nulls = new HonestNulls(null, newcomers);
        Dataset<Row> one = TestSession.spark().createDataFrame(List.of(RowFactory.create("one", 0.4)), SCORED);

        for (boolean isSettled : List.of(true, false)) {
            assertThat(one.select(nulls.pValue(one.col(UsageScores.SCORE.name()), lit(isSettled)))
                            .first()
                            .getDouble(0))
                    .isEqualTo(newcomers.pValue(0.4));
        }
        assertThat(nulls.knowPasts()).isFalse();
        assertThat(new HonestNulls(newcomers, newcomers).knowPasts()).isTrue();
    }

    @Test
    void aWindowWithoutAPastIsHeldAgainstWindowsWithoutOne() {
        HonestNull settled = HonestNull.fit(counts(0.3));
        HonestNull newcomers = HonestNull.fit(counts(0.5));
        Dataset<Row> judged = new Judgement(0.1, 1)
                .judged(
                        TestSession.spark()
                                .createDataFrame(
                                        List.of(RowFactory.create("settled", 0.4), RowFactory.create("new", 0.4)),
                                        SCORED),
                        new HonestNulls(settled, newcomers),
                        PersonWindows.PERSON_ID.col().equalTo("settled"),
                        lit(false),
                        Rows.none(DeclaredWorkloads.CONTRACT),
                        Rows.none(Dispositions.CONTRACT),
                        START,
                        RUN_DATE);

        assertThat(judged.collectAsList())
                .extracting(
                        row -> row.getAs(PersonWindows.PERSON_ID.name()), row -> row.getAs(UsageScores.P_VALUE.name()))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("settled", settled.pValue(0.4)),
                        org.assertj.core.groups.Tuple.tuple("new", newcomers.pValue(0.4)));
        assertThat(newcomers.pValue(0.4)).isGreaterThan(settled.pValue(0.4));
    }

    private static long[] counts(double around) {
        long[] counts = new long[HonestNull.BINS];
        int bin = (int) (around * HonestNull.BINS);
        for (int i = -100; i <= 100; i++) {
            counts[bin + i] = 101 - Math.abs(i);
        }
        return counts;
    }

    @Test
    void thoseWithinTheRuleAreFindingsAndThoseOutsideStandBesideThem() {
        // of 10 open people at a rate of 0.1, the k-th smallest p-value must be at most k / 100
        Dataset<Row> judged = judged(
                row("a", 0.9, 0.001, false),
                row("b", 0.8, 0.02, false),
                row("c", 0.7, 0.05, false),
                row("s", 0.95, 0.0001, true),
                row("t", 0.75, 0.03, true),
                row("unscored", null, null, false));

        // and of all 12 at most k / 120
        assertThat(ids(new Judgement(0.1, 1).findings(judged))).containsExactlyInAnyOrder("a", "b", "s", "t");
    }

    @Test
    void whoStandsOutsideIsAFindingByThemselvesOnANightWithoutAnyOther() {
        Dataset<Row> judged =
                judged(row("a", 0.6, 0.05, false), row("s", 0.95, 0.0001, true), row("t", 0.6, 0.04, true));

        assertThat(ids(new Judgement(0.1, 0.05).findings(judged))).containsExactly("s");
        assertThat(ids(new Judgement(0.1, 0.05).inRank(judged))).isEmpty();
    }

    @Test
    void theBudgetIsOfThePeopleTestedAndIsSpentOnTheStrangest() {
        Dataset<Row> judged = judged(
                row("a", 0.9, 1e-9, false),
                row("b", 0.95, 1e-9, false),
                row("c", 0.85, 1e-9, false),
                row("s", 0.99, 1e-9, true));

        assertThat(ids(new Judgement(0.1, 0.15).findings(judged))).containsExactlyInAnyOrder("b", "a", "s");
    }

    @Test
    void anHonestNightHasNoFindings() {
        assertThat(ids(new Judgement(0.1, 1).findings(judged(row("a", 0.6, 0.05, false)))))
                .isEmpty();
    }

    /** The given people among so many honest ones that 10 open people are tested. */
    private static Dataset<Row> judged(Row... rows) {
        long open = Stream.of(rows)
                .filter(row -> !row.isNullAt(2) && !row.getBoolean(3))
                .count();
        return TestSession.spark()
                .createDataFrame(
                        Stream.concat(
                                        Stream.of(rows),
                                        IntStream.range(0, (int) (10 - open))
                                                .mapToObj(i -> row("honest" + i, 0.4, 0.5 + i / 100.0, false)))
                                .toList(),
                        JUDGED);
    }

    private static Row row(String id, Double scoreOrNull, Double pValueOrNull, boolean outside) {
        return RowFactory.create(id, scoreOrNull, pValueOrNull, outside);
    }

    private static List<String> ids(Dataset<Row> findings) {
        return findings.collectAsList().stream().map(row -> row.getString(0)).toList();
    }

    private static TestRow declared(String id, String from, String toOrNull) {
        return Rows.of(DeclaredWorkloads.CONTRACT)
                .by(id)
                .with(DeclaredWorkloads.VALID_FROM, from)
                .with(DeclaredWorkloads.VALID_TO, toOrNull);
    }

    private static TestRow decided(String id, String decision) {
        return Rows.of(Dispositions.CONTRACT)
                .by(id)
                .with(Dispositions.DECISION, decision)
                .with(Dispositions.DECIDED_ON, "2026-05-31");
    }
}
