package io.goodhart.landing;

import static io.goodhart.testing.Rows.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.testing.TestRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class OutputFoldTest {
    static final List<String> KINDS = ProductivityEvents.KINDS;

    @ParameterizedTest
    @FieldSource("KINDS")
    void everyKindIsCountedInItsOwnColumn(String kind) {
        Folded day = folded(of(kind), of(kind));

        for (String other : KINDS) {
            assertThat(day.count(PersonDays.ofKind(other))).as(other).isEqualTo(other.equals(kind) ? 2 : 0);
        }
    }

    @Test
    void whatIsNotToldIsNull() {
        Folded day = folded(of("pull_request_merged"), of("commit"));

        assertThat(Stream.of(
                                PersonDays.REVERTED,
                                PersonDays.REVERTED_MERGES,
                                PersonDays.MERGED_LINES,
                                PersonDays.COMMITTED_LINES,
                                PersonDays.SMALL_MERGES,
                                PersonDays.QUICK_MERGES,
                                PersonDays.SELF_MERGES)
                        .map(day::get))
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({"10, 0, 1", "5, 5, 1", "0, 0, 1", "6, 5, 0", "11, , 0", ", 10, 1"})
    void aMergeOfTenLinesOrFewerIsSmall(Integer added, Integer deleted, long small) {
        Folded day = folded(lines("pull_request_merged", added, deleted));

        assertThat(day.count(PersonDays.SMALL_MERGES)).isEqualTo(small);
        assertThat(day.count(PersonDays.MERGED_LINES))
                .isEqualTo((added == null ? 0 : added) + (deleted == null ? 0L : deleted));
        assertThat(day.count(PersonDays.COMMITTED_LINES)).isNull();
    }

    @Test
    void linesOfCommitsAreNotThoseOfMerges() {
        Folded day = folded(lines("commit", 3, 4), lines("review", 100, 100));

        assertThat(day.count(PersonDays.COMMITTED_LINES)).isEqualTo(7);
        assertThat(day.count(PersonDays.MERGED_LINES)).isNull();
        assertThat(day.count(PersonDays.SMALL_MERGES)).isNull();
    }

    @Test
    void onlyCommitsAndMergesAreReverted() {
        Folded day = folded(
                of("pull_request_merged").with(ProductivityEvents.REVERTED, true),
                of("pull_request_merged").with(ProductivityEvents.REVERTED, false),
                of("pull_request_merged").with(ProductivityEvents.REVERTED, null),
                of("commit").with(ProductivityEvents.REVERTED, true),
                of("review").with(ProductivityEvents.REVERTED, true));

        assertThat(day.count(PersonDays.REVERTED)).isEqualTo(2);
        assertThat(day.count(PersonDays.REVERTED_MERGES)).isEqualTo(1);
        assertThat(folded(of("commit").with(ProductivityEvents.REVERTED, false)).count(PersonDays.REVERTED))
                .isZero();
    }

    @Test
    void onlyMergesAreSelfMerged() {
        assertThat(folded(
                                of("pull_request_merged").with(ProductivityEvents.SELF_MERGED, true),
                                of("pull_request_merged").with(ProductivityEvents.SELF_MERGED, false),
                                of("commit").with(ProductivityEvents.SELF_MERGED, true))
                        .count(PersonDays.SELF_MERGES))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"12:10:00, 1", "12:10:01, 0", "12:00:00, 1"})
    void aMergeWithinTenMinutesOfItsOpeningIsQuick(String merged, long quick) {
        assertThat(folded(about("pull_request_opened", "pr1", "12:00:00"), about("pull_request_merged", "pr1", merged))
                        .count(PersonDays.QUICK_MERGES))
                .isEqualTo(quick);
    }

    @Test
    void theOpeningOfAnotherSubjectDoesNotMakeAMergeQuick() {
        assertThat(folded(
                                about("pull_request_opened", "pr1", "12:00:00"),
                                about("pull_request_merged", "pr2", "12:01:00"))
                        .count(PersonDays.QUICK_MERGES))
                .isZero();
        assertThat(folded(about("pull_request_opened", "pr1", "12:00:00")).count(PersonDays.QUICK_MERGES))
                .isNull();
    }

    @Test
    void whoMergedIsCountedByPerson() {
        Folded day = folded(
                about("pull_request_opened", "pr1", "12:00:00"),
                about("pull_request_merged", "pr1", "12:05:00").with(ProductivityEvents.COUNTERPART_ID, "q"),
                about("pull_request_merged", "pr2", "12:06:00").with(ProductivityEvents.COUNTERPART_ID, "q"),
                of("pull_request_merged").with(ProductivityEvents.COUNTERPART_ID, "b"),
                of("pull_request_merged").with(ProductivityEvents.COUNTERPART_ID, null),
                of("review").with(ProductivityEvents.COUNTERPART_ID, "z"));

        assertThat(mergedBy(day)).containsExactly("b 1 0", "q 2 1");
        assertThat(folded(of("pull_request_merged"), of("review").with(ProductivityEvents.COUNTERPART_ID, "z"))
                        .get(PersonDays.MERGED_BY))
                .isNull();
    }

    @Test
    void ofManyWhoMergedThoseWithTheMostMergesAreKeptAndThenTheFirstById() {
        List<TestRow> merges = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            String id = String.format(Locale.ROOT, "m%02d", person);
            for (int i = 0; i < (person == 19 ? 2 : 1); i++) {
                merges.add(of("pull_request_merged").with(ProductivityEvents.COUNTERPART_ID, id));
            }
        }

        List<String> kept = mergedBy(Folded.of(new OutputFold(), merges));

        assertThat(kept).hasSize(PersonDays.MOST_MERGERS).startsWith("m00 1 0").endsWith("m14 1 0", "m19 2 0");
    }

    @Test
    void aFoldForgetsTheDayBefore() {
        OutputFold fold = new OutputFold();
        Folded.of(
                fold,
                List.of(
                        about("pull_request_opened", "pr1", "12:00:00"),
                        lines("pull_request_merged", 1, 1)
                                .with(ProductivityEvents.REVERTED, true)
                                .with(ProductivityEvents.SELF_MERGED, true)));
        Folded again = Folded.of(fold, List.of(about("pull_request_merged", "pr1", "12:01:00")));

        assertThat(again.count(PersonDays.OPENED)).isZero();
        assertThat(again.count(PersonDays.MERGED)).isEqualTo(1);
        assertThat(again.count(PersonDays.QUICK_MERGES)).isZero();
        assertThat(again.get(PersonDays.REVERTED)).isNull();
        assertThat(again.get(PersonDays.SELF_MERGES)).isNull();
        assertThat(again.get(PersonDays.SMALL_MERGES)).isNull();
    }

    private static List<String> mergedBy(Folded day) {
        return ((List<?>) day.get(PersonDays.MERGED_BY))
                .stream()
                        .map(entry -> (Row) entry)
                        .map(entry -> entry.getString(0) + " " + entry.getLong(1) + " " + entry.getLong(2))
                        .toList();
    }

    private static TestRow of(String kind) {
        return outcome().with(ProductivityEvents.KIND, kind).with(ProductivityEvents.SUBJECT_ID, null);
    }

    private static TestRow lines(String kind, Integer addedOrNull, Integer deletedOrNull) {
        return of(kind).with(ProductivityEvents.LINES_ADDED, addedOrNull)
                .with(ProductivityEvents.LINES_DELETED, deletedOrNull);
    }

    private static TestRow about(String kind, String subject, String time) {
        return of(kind).with(ProductivityEvents.SUBJECT_ID, subject).at("2026-05-04T" + time + "Z");
    }

    private static Folded folded(TestRow... events) {
        return Folded.of(new OutputFold(), List.of(events));
    }
}
