package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.Feature.Family;
import io.goodhart.features.FeatureSet;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.TableContract.Room;
import io.goodhart.tables.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That leave, a contract and policies change the features that say so, {@code AbsenceTest} and {@code CalendarTest} show. */
class ClearingTest {
    @ParameterizedTest
    @CsvSource({
        "bare_week_share, enter it in absences",
        "weekday_share, fte in people",
        "two_weekdays_token_share, announce it in declared_workloads",
        "week_variation, announce it in declared_workloads",
        "bar_week_share, mend its scope or dates in policy_events",
    })
    void aFeatureOfTheCalendarIsClearedByWhatItReads(String feature, String advice) {
        assertThat(sentence(feature)).contains(advice);
    }

    @Test
    void everyReasonIsClearedInATableOfTheInput() {
        List<String> tables = Tables.ALL.stream()
                .filter(table -> table.room() == Room.INPUT)
                .map(TableContract::name)
                .toList();

        assertThat(FeatureSet.DIRECTED)
                .allSatisfy(feature -> assertThat(Clearing.of(feature)).containsAnyOf(tables.toArray(String[]::new)));
    }

    /** Another id would be judged as another person: no step asks for {@code people.worker_type}. */
    @Test
    void aServiceUnderAPersonsIdIsDeclared() {
        assertThat(FeatureSet.DIRECTED.stream()
                        .filter(feature -> feature.family() == Family.TEMPO)
                        .map(Clearing::of))
                .noneMatch(sentence -> sentence.contains("id of its own"))
                .anyMatch(sentence -> sentence.contains("service") && sentence.contains("declared_workloads"));
    }

    @Test
    void reasonsWithTheSameExplanationShareASentenceAndAnotherVersionsArePassedOver() {
        List<String> told =
                Clearing.of(List.of("two_weekdays_token_share", "week_variation", "of_another_version"), "p1");

        assertThat(told).hasSize(2).startsWith(sentence("week_variation"));
        assertThat(told.get(1)).contains("dispositions", "for pattern p1");
    }

    private static String sentence(String feature) {
        return FeatureSet.called(feature).map(Clearing::of).orElseThrow();
    }
}
