package io.goodhart.warehouse.input;

import static io.goodhart.testing.Rows.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.NotPseudonymous;
import io.goodhart.tables.Absences;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DimensionRowsTest {
    @TempDir
    Path folder;

    @Test
    void anOptionalTableThatIsMissingIsEmptyInItsShape() {
        DimensionRows prices = check(TestInput.in(folder).add(person("p1"))).dimension(ModelPrices.CONTRACT);

        assertThat(prices.rows().count()).isZero();
        assertThat(prices.rowsIn()).isZero();
        assertThat(prices.rows().schema().fieldNames())
                .isEqualTo(ModelPrices.CONTRACT.schema().fieldNames());
    }

    @Test
    void ofOnePersonTheLatestStartStays() {
        TestRow first = person("p1").with(People.START_DATE, "2020-01-01").with(People.ROLE, "tester");
        TestRow last = person("p1").with(People.START_DATE, "2024-01-01").with(People.ROLE, "engineer");
        TestRow unknown = person("p1").with(People.ROLE, "ghost");

        DimensionRows people = check(TestInput.in(folder).add(first, last, unknown, person("p2")))
                .dimension(People.CONTRACT);

        assertThat(people.duplicate()).isEqualTo(2);
        assertThat(roles(people)).containsExactly("engineer", "engineer");
    }

    @Test
    void thenTheSmallerHashWhateverTheOrder() {
        TestRow one = person("p1").with(People.ROLE, "one");
        TestRow two = person("p1").with(People.ROLE, "two");

        DimensionRows forth =
                check(TestInput.in(folder.resolve("a")).add(one, two)).dimension(People.CONTRACT);
        DimensionRows back =
                check(TestInput.in(folder.resolve("b")).add(two).add(one)).dimension(People.CONTRACT);

        assertThat(roles(forth)).isEqualTo(roles(back)).hasSize(1);
    }

    @Test
    void rowsThatBreakARuleAreLeftOutAndUnknownValuesBecomeNull() {
        TestRow absence = Rows.of(Absences.CONTRACT);
        CheckedInput checked = check(TestInput.in(folder)
                .add(person(" "), person("p1").with(People.WORKER_TYPE, "cyborg"))
                .add(absence, absence.with(Absences.KIND, "siesta"), absence.with(Absences.TO_DATE, null)));

        DimensionRows people = checked.dimension(People.CONTRACT);
        assertThat(people.rowsIn()).isEqualTo(2);
        assertThat(people.rejected()).isEqualTo(1);
        assertThat(people.unknownValues()).isEqualTo(1);
        assertThat(people.rows().select(People.WORKER_TYPE.col()).first().isNullAt(0))
                .isTrue();
        assertThat(checked.dimension(Absences.CONTRACT).rejectedByRule())
                .isEqualTo(Map.of("kind.one_of", 1L, "to_date.not_null", 1L));
    }

    @Test
    void aPolicyIsForTheCompanyAnOrganisationATeamOrEachPerson() {
        TestRow policy = Rows.of(PolicyEvents.CONTRACT);
        List<TestRow> kept = Stream.of("company", "person", "org:Öst", "team:a b")
                .map(scope -> policy.with(PolicyEvents.POLICY_ID, scope).with(PolicyEvents.SCOPE, scope))
                .toList();
        List<TestRow> left = Stream.of("everyone", "org:", "team: ", "Company", " ", "person:p1")
                .map(scope -> policy.with(PolicyEvents.POLICY_ID, scope + "?").with(PolicyEvents.SCOPE, scope))
                .toList();
        List<TestRow> all = Stream.concat(kept.stream(), left.stream()).toList();

        DimensionRows policies = check(TestInput.in(folder).add(person("p1")).add(all.toArray(TestRow[]::new)))
                .dimension(PolicyEvents.CONTRACT);

        assertThat(policies.rejectedByRule()).isEqualTo(Map.of("scope.one_of", 6L));
        assertThat(policies.rows().count()).isEqualTo(4);
    }

    @Test
    void aManagerWhoIsAnAddressStopsTheRun() {
        CheckedInput checked =
                check(TestInput.in(folder).add(person("p1").with(People.MANAGER_ID, "boss@example.com")));

        assertThatThrownBy(() -> checked.dimension(People.CONTRACT))
                .isInstanceOf(NotPseudonymous.class)
                .hasMessageStartingWith("people.manager_id")
                .hasMessageNotContaining("boss");
    }

    private static List<String> roles(DimensionRows people) {
        return people.rows().select(People.ROLE.col()).collectAsList().stream()
                .map((Row row) -> row.getString(0))
                .toList();
    }

    private static CheckedInput check(TestInput input) {
        return Input.open(TestSession.spark(), input.root(), Rows.DAY).check(Set.of(Rows.DAY));
    }
}
