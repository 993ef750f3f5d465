package io.goodhart.warehouse;

import static io.goodhart.testing.Rows.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.DateHeld;
import io.goodhart.failures.Failure.StorageFailed;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.RunRecord.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-05-31");
    private static final Duration LEASE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static int tests;

    /** Each test has dates of its own in the one warehouse. */
    private final LocalDate day = FIRST.plusDays(10L * tests++);

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.in(folder);
    }

    @Test
    void aReaderSeesNothingUntilTheNightIsPublished() {
        RunRecord run = run(day);
        try (Lease lease = warehouse.lease(run, LEASE)) {
            Publication night = warehouse.publication(lease);
            assertThat(night.stage(UsageScores.CONTRACT, scores(day, "p1", "p2")))
                    .isEqualTo(2);

            assertThat(people(day)).isEmpty();
            RunRecord published = night.publish(run);

            assertThat(people(day)).containsExactly("p1", "p2");
            assertThat(published.state()).isEqualTo(State.PUBLISHED);
        }
        assertThat(warehouse.runs().published(day).orElseThrow().runId()).isEqualTo(run.runId());
        assertThat(branches(UsageScores.CONTRACT)).noneMatch(name -> name.contains(day.toString()));
    }

    @Test
    void rerunningADateReplacesThatDateAndNothingElse() {
        publish(day.minusDays(1), scores(day.minusDays(1), "p1"));
        publish(day, scores(day, "p1", "p2"));

        publish(day, scores(day, "p2", "p3"));

        assertThat(people(day)).containsExactly("p2", "p3");
        assertThat(people(day.minusDays(1))).containsExactly("p1");
    }

    @Test
    void anEmptyResultClearsTheDate() {
        publish(day, scores(day, "p1"));

        publish(day, Rows.none(UsageScores.CONTRACT));

        assertThat(people(day)).isEmpty();
    }

    @Test
    void aRunThatDiesBetweenTwoSwitchesIsCompletedByTheNextCommand() {
        publish(day, scores(day, "old"));
        RunRecord run = run(day);
        Lease lease = warehouse.lease(run, LEASE);
        Publication night = warehouse.publication(lease, switched -> {
            throw new IllegalStateException("killed after " + switched.name());
        });
        stageAll(night, "new");
        assertThatThrownBy(() -> night.publish(run)).hasMessage("killed after usage_scores");
        night.fail(run, 1, "killed");
        assertThat(warehouse.runs().find(run.runId()).orElseThrow().state()).isEqualTo(State.PUBLISHING);
        lease.close();

        assertThat(TestWarehouse.in(folder).recover(LEASE)).containsExactly(run.runId());

        assertThat(people(day)).containsExactly("new");
        assertThat(warehouse.read(PersonWindows.CONTRACT, day).count()).isEqualTo(1);
        assertThat(warehouse.runs().published(day).orElseThrow().runId()).isEqualTo(run.runId());
        assertThat(warehouse.recover(LEASE)).isEmpty();
    }

    @Test
    void ofTwoCommandsThatMeetADeadRunOneCompletesIt() throws Exception {
        RunRecord run = killedAfterTheFirstSwitch();
        List<Callable<List<String>>> commands = Stream.generate(() -> TestWarehouse.in(folder))
                .limit(3)
                .<Callable<List<String>>>map(opened -> () -> opened.recover(LEASE))
                .toList();

        assertThat(atOnce(commands)).flatMap(completed -> completed).containsExactly(run.runId());
        assertThat(state(run)).isEqualTo(State.PUBLISHED);
        assertThat(people(day)).containsExactly("new");
        assertThat(warehouse.leases().holder(day.toString())).isEmpty();
    }

    @Test
    void aDeadRunIsNotPublishedWithoutATableThatItHadStaged() {
        RunRecord run = killedAfterTheFirstSwitch();
        TestWarehouse.table(folder, PersonWindows.CONTRACT)
                .manageSnapshots()
                .removeBranch("night_" + day + "_" + run.runId())
                .commit();

        assertThat(warehouse.recover(LEASE)).isEmpty();

        RunRecord found = warehouse.runs().find(run.runId()).orElseThrow();
        assertThat(found.state()).isEqualTo(State.FAILED);
        assertThat(found.end().message().orElseThrow())
                .contains("what it had staged of person_windows is gone; run the date again");
        assertThat(branches(UsagePatterns.CONTRACT)).noneMatch(name -> name.contains(run.runId()));
    }

    @Test
    void aSwitchOfWhichNobodyKnowsWhetherItWentThroughIsCompletedByTheNextCommand() throws SQLException {
        publish(day, scores(day, "old"));
        RunRecord run = run(day);
        Lease lease = warehouse.lease(run, LEASE);
        Publication night = warehouse.publication(lease);
        stageAll(night, "new");
        // the catalog takes the commit, and the answer is lost
        inCatalog("CREATE TRIGGER answer_lost AFTER UPDATE ON iceberg_tables WHEN NEW.table_name = 'usage_scores'"
                + " BEGIN SELECT RAISE(FAIL, 'connection lost'); END");
        try {
            assertThatThrownBy(() -> night.publish(run))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("cannot publish " + day);
        } finally {
            inCatalog("DROP TRIGGER answer_lost");
        }
        night.fail(run, 7, "the connection was lost");
        lease.close();
        assertThat(people(day)).as("readers see the first table").containsExactly("new");
        assertThat(state(run)).isEqualTo(State.PUBLISHING);

        assertThat(warehouse.recover(LEASE)).containsExactly(run.runId());

        assertThat(state(run)).isEqualTo(State.PUBLISHED);
        assertThat(people(day)).containsExactly("new");
        assertThat(warehouse.read(PersonWindows.CONTRACT, day).count()).isEqualTo(1);
    }

    @Test
    void aFailureThatCannotBeWrittenDownDropsNothing() throws SQLException {
        RunRecord run = run(day);
        try (Lease lease = warehouse.lease(run, LEASE)) {
            Publication night = warehouse.publication(lease);
            night.stage(UsageScores.CONTRACT, scores(day, "p1"));
            inCatalog("CREATE TRIGGER refused BEFORE UPDATE ON iceberg_tables WHEN NEW.table_name = 'runs'"
                    + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
            try {
                assertThatThrownBy(() -> night.fail(run, 1, "a fault")).isInstanceOf(StorageFailed.class);
            } finally {
                inCatalog("DROP TRIGGER refused");
            }
            assertThat(branches(UsageScores.CONTRACT)).contains("night_" + day + "_" + run.runId());

            night.fail(run, 1, "a fault");

            assertThat(branches(UsageScores.CONTRACT)).noneMatch(name -> name.contains(run.runId()));
            assertThat(state(run)).isEqualTo(State.FAILED);
        }
    }

    @Test
    void whatARunStagedThatDiedBeforePublishingIsDropped() {
        RunRecord run = run(day);
        Lease lease = warehouse.lease(run, LEASE);
        warehouse.publication(lease).stage(UsageScores.CONTRACT, scores(day, "p1"));

        warehouse.recover(LEASE);
        assertThat(branches(UsageScores.CONTRACT)).contains("night_" + day + "_" + run.runId());
        lease.close();
        warehouse.recover(LEASE);

        assertThat(branches(UsageScores.CONTRACT)).noneMatch(name -> name.contains(day.toString()));
        assertThat(warehouse.runs().find(run.runId())).isEmpty();
    }

    @Test
    void ofTwoThatPublishADateTheLaterOneIsRefused() {
        RunRecord first = run(day);
        RunRecord second = run(day);
        Lease dead = warehouse.lease(first, LEASE);
        Publication slow = warehouse.publication(dead);
        slow.stage(UsageScores.CONTRACT, scores(day, "slow"));
        dead.close();
        Lease taken = warehouse.lease(second, LEASE);
        Publication fast = warehouse.publication(taken);
        fast.stage(UsageScores.CONTRACT, scores(day, "fast"));
        fast.publish(second);

        assertThatThrownBy(() -> slow.publish(first))
                .isInstanceOf(DateHeld.class)
                .hasMessageContaining("has lost its hold of " + day);
        taken.close();
        // Even with the lease in hand again: the rows have changed since they were staged.
        try (Lease again = warehouse.lease(first, LEASE)) {
            assertThat(again.runId()).isEqualTo(first.runId());
            assertThatThrownBy(() -> slow.publish(first))
                    .isInstanceOf(DateHeld.class)
                    .hasMessageContaining("another run has published " + day + " while this one was at work");
            slow.fail(first, 6, "overtaken");
        }
        assertThat(people(day)).containsExactly("fast");
        assertThat(warehouse.runs().find(first.runId()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(branches(UsageScores.CONTRACT)).noneMatch(name -> name.contains(day.toString()));
    }

    @Test
    void twoDatesArePublishedSideBySide() {
        RunRecord today = run(day);
        RunRecord yesterday = run(day.minusDays(1));
        try (Lease one = warehouse.lease(today, LEASE);
                Lease other = warehouse.lease(yesterday, LEASE)) {
            Publication first = warehouse.publication(one);
            Publication second = warehouse.publication(other);
            first.stage(UsageScores.CONTRACT, scores(day, "p1"));
            second.stage(UsageScores.CONTRACT, scores(day.minusDays(1), "p2"));
            second.publish(yesterday);
            first.publish(today);
        }
        assertThat(people(day)).containsExactly("p1");
        assertThat(people(day.minusDays(1))).containsExactly("p2");
        assertThat(warehouse.runs().prior(day).orElseThrow().runId()).isEqualTo(yesterday.runId());
    }

    @Test
    void datesThatSwitchATableAtTheSameTimeAllGetThrough() throws Exception {
        List<Lease> leases = new ArrayList<>();
        List<Callable<RunRecord>> nights = new ArrayList<>();
        for (LocalDate date = day; date.isBefore(day.plusDays(4)); date = date.plusDays(1)) {
            RunRecord run = run(date);
            Lease lease = warehouse.lease(run, LEASE);
            leases.add(lease);
            Publication night = warehouse.publication(lease);
            night.stage(UsageScores.CONTRACT, scores(date, "of " + date).collectAsList());
            nights.add(() -> night.publish(run));
        }

        assertThat(atOnce(nights)).extracting(RunRecord::state).containsOnly(State.PUBLISHED);

        leases.forEach(Lease::close);
        assertThat(leases).allSatisfy(lease -> assertThat(people(lease.date())).containsExactly("of " + lease.date()));
    }

    @Test
    void stagedRowsAreAudited() {
        RunRecord run = run(day);
        try (Lease lease = warehouse.lease(run, LEASE)) {
            Publication night = warehouse.publication(lease);
            Dataset<Row> wrong = scores(day, "p1", "p1").union(scores(day.minusDays(1), "p2"));
            assertThatThrownBy(() -> night.stage(UsageScores.CONTRACT, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("rows of " + day.minusDays(1))
                    .hasMessageContaining("1 keys that more than one row has");
            assertThatThrownBy(() -> night.stage(
                            UsagePatterns.CONTRACT,
                            dataset(Rows.of(UsagePatterns.CONTRACT)
                                    .with(UsagePatterns.RUN_DATE, day)
                                    .with(UsagePatterns.NAME, null))))
                    .hasStackTraceContaining("null");
        }
    }

    @Test
    void expiringSnapshotsKeepsPublishedRows() {
        publish(day, scores(day, "p1"));
        publish(day.plusDays(1), scores(day.plusDays(1), "p2"));
        publish(day, scores(day, "p3"));

        TestWarehouse.table(folder, UsageScores.CONTRACT)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1000)
                .retainLast(1)
                .commit();

        assertThat(people(day)).containsExactly("p3");
        assertThat(people(day.plusDays(1))).containsExactly("p2");
    }

    /** Returns a run whose process ended when readers saw its first table and no other. */
    private RunRecord killedAfterTheFirstSwitch() {
        RunRecord run = run(day);
        try (Lease lease = warehouse.lease(run, LEASE)) {
            Publication night = warehouse.publication(lease, switched -> {
                throw new IllegalStateException("killed");
            });
            stageAll(night, "new");
            assertThatThrownBy(() -> night.publish(run)).hasMessage("killed");
        }
        assertThat(state(run)).isEqualTo(State.PUBLISHING);
        return run;
    }

    /** Stages all tables of a night, two of them without rows. */
    private void stageAll(Publication night, String person) {
        night.stage(UsageScores.CONTRACT, scores(day, person));
        night.stage(PersonWindows.CONTRACT, windows(day, person));
        night.stage(UsagePatterns.CONTRACT, List.of());
        night.stage(SuspiciousUsage.CONTRACT, List.of());
    }

    /** Does all of this side by side, and returns what came of each. */
    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void inCatalog(String statement) throws SQLException {
        try (Connection catalog = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                Statement sql = catalog.createStatement()) {
            sql.execute(statement);
        }
    }

    private static State state(RunRecord run) {
        return warehouse.runs().find(run.runId()).orElseThrow().state();
    }

    private void publish(LocalDate date, Dataset<Row> rows) {
        RunRecord run = run(date);
        try (Lease lease = warehouse.lease(run, LEASE)) {
            Publication night = warehouse.publication(lease);
            night.stage(UsageScores.CONTRACT, rows);
            night.publish(run);
        }
    }

    private List<String> people(LocalDate date) {
        return warehouse
                .ordered(UsageScores.CONTRACT, date)
                .select(UsageScores.PERSON_ID.col())
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private Set<String> branches(TableContract contract) {
        Table table = TestWarehouse.table(folder, contract);
        return table.refs().keySet();
    }

    private static RunRecord run(LocalDate date) {
        return RunRecord.begin(date, Instant.now(), "test", Map.of("seed", "1"));
    }

    private static Dataset<Row> scores(LocalDate date, String... people) {
        return dataset(java.util.Arrays.stream(people)
                .map(person -> Rows.of(UsageScores.CONTRACT)
                        .with(UsageScores.RUN_DATE, date)
                        .by(person))
                .toArray(TestRow[]::new));
    }

    private static Dataset<Row> windows(LocalDate date, String person) {
        return dataset(Rows.of(PersonWindows.CONTRACT)
                .with(PersonWindows.RUN_DATE, date)
                .by(person));
    }
}
