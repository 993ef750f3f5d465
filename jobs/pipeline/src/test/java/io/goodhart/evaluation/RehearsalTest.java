package io.goodhart.evaluation;

import static io.goodhart.testing.Rows.usageDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.InputNotThere;
import io.goodhart.jobs.NightlyJob;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Injection;
import io.goodhart.simulation.RealCompany;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationSettings;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small company in which nobody games, and there is room for all who play. Everybody used a tool once that tells of no requests; of the
 * first twenty people something was decided.
 */
@Tag("evaluate")
class RehearsalTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-05-31");
    private static final String DAILY_TOOL = "daily_tool";
    private static final Settings SETTINGS = withRoom(Settings.defaults());
    private static final Progress SILENT = new Progress(Optional.empty(), new PrintWriter(Writer.nullWriter()));

    @TempDir
    private static Path folder;

    private static TestInput input;
    private static Warehouse warehouse;
    private static List<String> decidedOn;

    @BeforeAll
    static void publish() {
        input = TestInput.in(folder.resolve("company"));
        Simulation.of(new SimulationSettings(80, 63, NIGHT, 3, 1, 0, List.of()))
                .write(TestSession.spark(), input.root());
        List<String> everybody = TestSession.spark()
                .read()
                .parquet(input.folder(People.CONTRACT).toString())
                .select(People.PERSON_ID.col())
                .orderBy(People.PERSON_ID.col())
                .as(Encoders.STRING())
                .collectAsList();
        decidedOn = everybody.subList(0, 20);
        input.add(everybody.stream()
                .map(id -> usageDay().by(id).from(DAILY_TOOL).on("2026-05-20"))
                .toList());
        input.add(decidedOn.stream()
                .map(id -> Rows.of(Dispositions.CONTRACT).by(id).with(Dispositions.DECISION, "benign"))
                .toList());
        warehouse = TestWarehouse.in(folder.resolve("warehouse"));
        new NightlyJob(TestSession.spark(), warehouse, SETTINGS, models(), SILENT, "test")
                .run(NIGHT, input.root(), NightlyJob.Training.WHEN_DUE);
    }

    @Test
    void aRehearsalFindsLoudGamingTellsItByBehaviourAndKeepsItsFiguresWithTheRun() {
        Map<String, Long> counted = counts();

        RehearsalReport report = rehearsal().run(NIGHT, input.root(), List.of(1.0), 1);

        assertThat(Stream.concat(
                        report.lines().stream().map(RehearsalReport.Line::behaviour), report.notPlayed().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Behaviour.ALL.stream().map(Behaviour::id).toList());
        assertThat(report.notPlayed()).as("a ring of one").contains("collusive_ring");
        assertThat(report.lines())
                .allSatisfy(line -> assertThat(line.injected()).isPositive());
        assertThat(report.lines().stream().filter(line -> line.found() > 0).count())
                .as("behaviours found")
                .isGreaterThan(report.lines().size() / 2);
        assertThat(report.falseAlarms()).hasSize(1);
        assertThat(report.falseAlarms().get(0).people()).as("false alarms").isLessThan(8);
        assertThat(EvaluationText.lines(report))
                .anySatisfy(text -> assertThat(text).contains("recall", "ping_pong"))
                .anySatisfy(text -> assertThat(text).contains("false alarms"));
        assertThat(counts()).containsAllEntriesOf(counted).containsAllEntriesOf(report.counts());
        assertThat(report.counts().keySet().stream()
                        .filter(name -> name.endsWith(".found"))
                        .collect(Collectors.toSet()))
                .hasSameSizeAs(report.lines());
    }

    @Test
    void nobodyPlaysOfWhomSomethingWasDecidedAndWhoPlaysKeepsWhatAToolTellsByTheDay() {
        NavigableSet<LocalDate> days =
                NIGHT.minusDays(27).datesUntil(NIGHT.plusDays(1)).collect(Collectors.toCollection(TreeSet::new));
        CheckedInput checked =
                Input.open(TestSession.spark(), input.root(), NIGHT).check(days);
        RealCompany company = SeenCompany.of(warehouse, checked, days.first(), NIGHT);
        List<Casts.Cast> casts = new Casts(warehouse, checked, 1)
                .of(Behaviour.ALL.stream().filter(company::knows).toList(), 1, days, NIGHT);
        Set<String> players = casts.stream()
                .flatMap(cast -> cast.people().stream())
                .map(Injection.Subject::personId)
                .collect(Collectors.toSet());

        Dataset<Row> landing = rehearsal().landing(checked, company, casts, 1, days);

        assertThat(players).doesNotContainAnyElementsOf(decidedOn);
        assertThat(byTheDay(landing, players))
                .isEqualTo(byTheDay(warehouse.read(PersonDays.CONTRACT), players))
                .hasSameSizeAs(players);
    }

    @Test
    void fewerPeopleThanBehavioursCannotPlayAndFewerForEachWouldNotHelp() {
        NavigableSet<LocalDate> days = new TreeSet<>(Set.of(NIGHT));
        CheckedInput checked =
                Input.open(TestSession.spark(), input.root(), NIGHT).check(days);
        List<Behaviour> moreThanPeople = Collections.nCopies(81, Behaviour.ALL.get(0));

        assertThatThrownBy(() -> new Casts(warehouse, checked, 1).of(moreThanPeople, 1, days, NIGHT))
                .isInstanceOf(InputNotThere.class)
                .hasMessageContainingAll("each behaviour needs somebody who plays it", "Pass another --date")
                .hasMessageNotContaining("--people");
    }

    /** Returns these people's days with the tool that tells of no requests. */
    private static List<String> byTheDay(Dataset<Row> personDays, Set<String> people) {
        return personDays
                .where(PersonDays.SOURCE
                        .col()
                        .equalTo(DAILY_TOOL)
                        .and(NamedPeople.among(people, PersonDays.PERSON_ID.col())))
                .select(PersonDays.CONTRACT.cols())
                .collectAsList()
                .stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    private static Rehearsal rehearsal() {
        return new Rehearsal(TestSession.spark(), warehouse, SETTINGS, models(), SILENT);
    }

    private static String models() {
        return folder.resolve("models").toString();
    }

    private static Map<String, Long> counts() {
        return warehouse.runs().published(NIGHT).orElseThrow().known().counts();
    }

    /** A round takes half the alert budget: of a tiny company, everybody. */
    private static Settings withRoom(Settings settings) {
        return new Settings(
                settings.windows(),
                new Settings.Decision(
                        1,
                        settings.decision().falseDiscoveryRate(),
                        settings.decision().minGroup()),
                settings.training(),
                settings.forest(),
                settings.maxRejectedShare(),
                settings.leaseSeconds(),
                settings.deadlineSeconds(),
                settings.outcomeWeights(),
                settings.catalog(),
                settings.spark());
    }
}
