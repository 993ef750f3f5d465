package io.goodhart.warehouse;

import static io.goodhart.testing.Rows.dataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.failures.Failure.InvalidSettings;
import io.goodhart.failures.Failure.StorageFailed;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.tables.Models;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.Tables;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
    private static final LocalDate MONDAY = Rows.DAY;
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.in(folder);
    }

    @Test
    void everyTableIsThereWithTheContractsColumns() {
        assertThat(Tables.ofWarehouse())
                .allSatisfy(
                        contract -> assertThat(warehouse.read(contract).schema().fieldNames())
                                .containsExactly(contract.schema().fieldNames()));
    }

    @Test
    void processesThatMakeOneWarehouseAtTheSameTimeAllFindIt(@TempDir Path fresh) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Warehouse>> openings = IntStream.range(0, 6)
                    .<Callable<Warehouse>>mapToObj(
                            process -> () -> Warehouse.open(session(fresh), "fresh", Optional.empty()))
                    .toList();
            for (Future<Warehouse> opened : threads.invokeAll(openings)) {
                assertThat(opened.get().read(Models.CONTRACT).count()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTableOfAnotherVersionIsToldWithWhatItLacks(@TempDir Path other) {
        Warehouse made = TestWarehouse.in(other);
        Table table = TestWarehouse.table(other, PersonDays.CONTRACT);
        table.updateSchema()
                .deleteColumn("active_hours")
                .deleteColumn("requests")
                .commit();
        table.updateSchema().addColumn("requests", Types.StringType.get()).commit();

        assertThatThrownBy(() -> made.read(PersonDays.CONTRACT))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContainingAll(
                        "another version", "restricted.person_days lacks requests, active_hours", "new warehouse");
        assertThat(made.read(Models.CONTRACT).count()).isZero();
    }

    /** A session knows its catalogs by itself, as a process does. */
    private static SparkSession session(Path warehouse) {
        SparkSession session = TestSession.spark().newSession();
        SparkSession.setActiveSession(session);
        IcebergCatalog.settings("fresh", warehouse.toString(), Map.of())
                .forEach((key, value) -> session.conf().set(key, value));
        return session;
    }

    @Test
    void exactlyTheDaysAreReplaced() {
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p1", MONDAY, TUESDAY), Set.of(MONDAY, TUESDAY));

        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p2", TUESDAY), Set.of(TUESDAY));

        assertThat(people(MONDAY)).containsExactly("p1");
        assertThat(people(TUESDAY)).containsExactly("p2");
        assertThat(warehouse.read(PersonDays.CONTRACT, List.of(MONDAY, TUESDAY)).count())
                .isEqualTo(2);
    }

    @Test
    void noRowsClearTheDays() {
        LocalDate day = MONDAY.plusDays(10);
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p1", day), Set.of(day));

        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, List.of(), Set.of(day));

        assertThat(people(day)).isEmpty();
    }

    @Test
    void manyDaysAreReplacedAtOnce() {
        LocalDate[] quarter =
                IntStream.range(100, 190).mapToObj(MONDAY::plusDays).toArray(LocalDate[]::new);
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p1", quarter), Set.of(quarter));

        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p2", quarter[0]), Set.of(quarter));

        assertThat(warehouse.read(PersonDays.CONTRACT, List.of(quarter)).count())
                .isEqualTo(1);
    }

    @Test
    void aRowOutsideTheDaysIsAnErrorAndNothingChanges() throws IOException {
        LocalDate day = MONDAY.plusDays(20);
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, days("p1", day), Set.of(day));
        List<Path> files = dataFiles();

        assertThatThrownBy(() -> warehouse
                        .fewRows()
                        .replaceDays(PersonDays.CONTRACT, days("p2", day, day.plusDays(1)), Set.of(day)))
                .isNotInstanceOf(Failure.class)
                .hasStackTraceContaining("Cannot append file with rows that do not match filter");

        assertThat(people(day)).containsExactly("p1");
        assertThat(people(day.plusDays(1))).isEmpty();
        assertThat(dataFiles()).isEqualTo(files);
    }

    @Test
    void aScratchAreaLeavesProductionAlone() {
        LocalDate day = MONDAY.plusDays(30);
        Warehouse scratch = TestWarehouse.in(folder, Optional.of("what_if"));

        scratch.fewRows().replaceDays(PersonDays.CONTRACT, days("p1", day), Set.of(day));

        assertThat(people(day)).isEmpty();
        assertThat(scratch.read(PersonDays.CONTRACT, day).count()).isEqualTo(1);
        assertThatThrownBy(() -> TestWarehouse.in(folder, Optional.of("What-if")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("--into What-if: must begin with a lower-case letter");
    }

    /** Hadoop's local file system tells of it by an error, not by an exception. */
    @Test
    void aFullDiskIsAFailureOfTheStorage() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        OutputStream full =
                FileSystem.getLocal(new Configuration()).getRaw().append(new org.apache.hadoop.fs.Path("/dev/full"));

        assertThatThrownBy(() -> Warehouse.guarding("cannot write it", () -> written(full)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageStartingWith("cannot write it: No space left on device");
    }

    private static boolean written(OutputStream stream) {
        try {
            stream.write(1);
            stream.flush();
            return true;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Test
    void aModelIsWrittenOnceAndFoundByItsDate() {
        warehouse.addModel(model("m1", MONDAY, "run1"));
        warehouse.addModel(model("m2", TUESDAY, "run2"));
        warehouse.addModel(model("m2", MONDAY.minusDays(100), "run3"));

        assertThat(warehouse.newestModel(MONDAY.minusDays(1))).isEmpty();
        assertThat(warehouse.newestModel(MONDAY).orElseThrow().<String>getAs(Models.MODEL_ID.name()))
                .isEqualTo("m1");
        assertThat(warehouse.newestModel(TUESDAY.plusDays(5)).orElseThrow().<String>getAs(Models.RUN_ID.name()))
                .isEqualTo("run2");
    }

    @Test
    void aRunIsReadAsItWasWritten() {
        RunRecord run = RunRecord.begin(MONDAY, Instant.now(), "0.1.0", Map.of("trees", "100"))
                .reading(Map.of("usage_events", "abc"), Optional.of("earlier"))
                .scoredBy(Optional.of("m1"))
                .counting(Map.of("used", 3L))
                .timed(Map.of("score", 1.5))
                .published(Instant.now());
        warehouse.runs().write(run);
        RunRecord later =
                RunRecord.begin(MONDAY, Instant.now(), "0.1.0", Map.of()).failed(Instant.now(), 3, "poor data");
        warehouse.runs().write(later);

        assertThat(warehouse.runs().find(run.runId())).contains(run);
        assertThat(warehouse.runs().published(MONDAY)).contains(run);
        assertThat(warehouse.runs().find(later.runId())).contains(later);
        assertThat(warehouse.recordedModel(MONDAY)).contains("m1");
        assertThat(warehouse.recordedModel(TUESDAY)).isEmpty();
        assertThat(warehouse.runs().prior(MONDAY)).isEmpty();
        assertThat(warehouse.runs().prior(TUESDAY)).contains(run);
    }

    @Test
    void theRunThatANightGoesOnFromIsFoundHoweverLongAgoItWas() {
        Warehouse quiet = TestWarehouse.in(folder, Optional.of("quiet"));
        RunRecord old = RunRecord.begin(MONDAY, Instant.parse("2011-01-01T00:00:00Z"), "0.1.0", Map.of())
                .published(Instant.now());
        quiet.runs().write(old);
        RunRecord failed = RunRecord.begin(MONDAY.plusDays(5), Instant.now(), "0.1.0", Map.of())
                .failed(Instant.now(), 3, "poor data");
        quiet.runs().write(failed);

        for (int days : new int[] {1, 9, 10, 11, 100, 101, 1_001, 5_000}) {
            assertThat(quiet.runs().prior(MONDAY.plusDays(days))).contains(old);
        }
        RunRecord newer = RunRecord.begin(MONDAY.plusDays(3), Instant.now(), "0.1.0", Map.of())
                .published(Instant.now());
        quiet.runs().write(newer);
        assertThat(quiet.runs().prior(MONDAY.plusDays(3))).contains(old);
        assertThat(quiet.runs().prior(MONDAY.plusDays(4))).contains(newer);
    }

    @Test
    void aFolderThatCannotBeAWarehouseIsTheStoragesFailure() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> IcebergCatalog.settings("c", file + "/warehouse", Map.of()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("cannot write to the warehouse " + file)
                .satisfies(failure -> assertThat(((Failure) failure).exitCode()).isEqualTo(ExitCode.STORAGE));
    }

    @Test
    void aSavedModelThatIsDamagedIsTheStoragesFailureAndNotTheInputs() throws IOException {
        Path damaged = Files.writeString(folder.resolve("model.parquet"), "no Parquet");

        assertThatThrownBy(() -> Warehouse.guardingOwnFiles(
                        "cannot load model m",
                        () -> TestSession.spark()
                                .read()
                                .schema(Models.CONTRACT.schema())
                                .parquet(damaged.toString())
                                .head()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("cannot load model m");
    }

    @Test
    void exportsLeaveNoRowsOnTheMachinesOfACluster() {
        assertThatThrownBy(() -> ExportFormat.requireOneMachine("yarn", Path.of("scores.csv")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("cannot write scores.csv: this session runs on yarn");
        assertThatCode(() -> ExportFormat.requireOneMachine("local[2]", Path.of("scores.csv")))
                .doesNotThrowAnyException();
    }

    @Test
    void aRemoteFolderNeedsACatalogThatIsNotHadoops() {
        assertThatThrownBy(() -> IcebergCatalog.settings("c", "s3a://bucket/warehouse", Map.of()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("--warehouse s3a://bucket/warehouse: the embedded catalog needs a local folder");
        assertThatThrownBy(() -> IcebergCatalog.settings("c", "s3a://bucket", Map.of("type", "hadoop")))
                .hasMessageContaining("the Hadoop catalog can lose a commit");
        assertThat(IcebergCatalog.settings("c", "s3a://bucket", Map.of("type", "rest", "uri", "https://iceberg")))
                .containsEntry("spark.sql.catalog.c.warehouse", "s3a://bucket")
                .containsEntry("spark.sql.catalog.c.type", "rest");
    }

    private static List<Row> days(String person, LocalDate... days) {
        return dataset(Arrays.stream(days)
                        .map(day -> Rows.of(PersonDays.CONTRACT)
                                .with(PersonDays.EVENT_DATE, day)
                                .by(person))
                        .toArray(TestRow[]::new))
                .collectAsList();
    }

    private static List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("restricted/person_days/data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> people(LocalDate day) {
        return warehouse.read(PersonDays.CONTRACT, day).select(PersonDays.PERSON_ID.col()).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Row model(String id, LocalDate trainedFor, String run) {
        return dataset(Rows.of(Models.CONTRACT)
                        .with(Models.MODEL_ID, id)
                        .with(Models.TRAINED_FOR, trainedFor)
                        .with(Models.RUN_ID, run))
                .first();
    }
}
