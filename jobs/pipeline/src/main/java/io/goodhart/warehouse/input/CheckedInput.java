package io.goodhart.warehouse.input;

import io.goodhart.failures.Failure;
import io.goodhart.rows.EventColumn;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsageEvents;
import io.goodhart.warehouse.NamedPeople;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Input whose footers keep the contract: its rows may be read. */
public final class CheckedInput {
    private final SparkSession spark;
    private final InputFolder folder;
    private final InputReader reader;
    private final Map<String, FileFooter> footers = new HashMap<>();

    CheckedInput(SparkSession spark, InputFolder folder, List<FileFooter> footers) {
        this.spark = spark;
        this.folder = folder;
        this.reader = new InputReader(spark, folder.root());
        footers.forEach(footer -> this.footers.put(footer.name(), footer));
    }

    /**
     * Reads days of an event table that were checked, and labels every row with its fate: what is wrong with the rows is told by
     * {@link EventRows#failures} and not thrown. Close what it returns.
     *
     * @throws Failure.OffContract if a file is broken inside
     */
    public EventRows inspect(TableContract contract, Set<LocalDate> days) {
        List<InputFile> files = folder.files(contract, days);
        Map<LocalDate, Long> rowsIn = rowsIn(files);
        List<FileFooter> ofDays = files.stream().map(this::footer).toList();
        return ReadFailures.translate(() -> {
            Dataset<Row> labelled = Fates.label(contract, RowRules.label(contract, reader.read(contract, ofDays)))
                    .persist(StorageLevel.MEMORY_AND_DISK());
            try {
                DayTotals totals = DayTotals.of(contract, labelled, rowsIn);
                return new EventRows(spark, contract, labelled, totals, folder.fingerprints(contract));
            } catch (RuntimeException e) {
                labelled.unpersist();
                throw e;
            }
        });
    }

    /**
     * Reads the used rows of a few people on days of an event table that were checked.
     *
     * @throws Failure.OffContract if a file is broken inside
     */
    public Dataset<Row> usedBy(TableContract contract, Set<LocalDate> days, Set<String> personIds) {
        List<FileFooter> ofDays =
                folder.files(contract, days).stream().map(this::footer).toList();
        Column person =
                contract.column(UsageEvents.PERSON_ID.name()).orElseThrow().col();
        Dataset<Row> theirs = reader.read(contract, ofDays).where(NamedPeople.among(personIds, person));
        return Fates.label(contract, RowRules.label(contract, theirs))
                .where(functions.col(Fates.FATE).equalTo(Fates.USED))
                .select(contract.cols());
    }

    /**
     * Returns days of an event table that were checked, to be read by tasks that each take whole days. Wrap the action with
     * {@link ReadFailures}.
     *
     * @param days the day of each partition
     * @param wanted the columns that are wanted beside the day, the person and the source
     * @param runId for the rows that are rejected
     */
    public EventScan scan(TableContract contract, List<LocalDate> days, List<EventColumn> wanted, String runId) {
        List<InputFile> files = folder.files(contract, Set.copyOf(days));
        Map<String, InputFile> byName = files.stream().collect(Collectors.toMap(InputFile::name, file -> file));
        EventShape shape = new EventShape(contract, wanted);
        List<JavaRDD<InternalRow>> parts = ReadFailures.translate(() ->
                reader.readByDay(contract, files.stream().map(this::footer).toList(), days, byName).stream()
                        .map(read -> InnerRows.of(shape.of(read, runId)))
                        .toList());
        return new EventScan(contract, parts, shape.loader(), rowsIn(files), folder.fingerprints(contract));
    }

    /**
     * Returns one day of an event table that was checked, to be read by tasks that each take all rows of some keys: for a day that no task
     * could hold. Reads the files at once; the rest is as in {@link #scan}.
     *
     * @param tasks over how many the rows are spread
     */
    public EventScan scanSpread(
            TableContract contract, LocalDate day, List<EventColumn> wanted, String runId, int tasks) {
        List<InputFile> files = folder.files(contract, Set.of(day));
        EventShape shape = new EventShape(contract, wanted);
        List<JavaRDD<InternalRow>> parts = files.isEmpty()
                ? List.of()
                : List.of(ReadFailures.translate(() -> InnerRows.of(shape.spread(
                        reader.read(contract, files.stream().map(this::footer).toList()), runId, tasks))));
        return new EventScan(contract, parts, shape.loader(), rowsIn(files), folder.fingerprints(contract));
    }

    /** Returns how many rows the footers of these days announce, over all event tables, by day. */
    public Map<LocalDate, Long> rows(Set<LocalDate> days) {
        Map<LocalDate, Long> rows = new TreeMap<>();
        for (TableContract table : Tables.ofEvents()) {
            rowsIn(folder.files(table, days)).forEach((day, more) -> rows.merge(day, more, Long::sum));
        }
        return rows;
    }

    private Map<LocalDate, Long> rowsIn(List<InputFile> files) {
        Map<LocalDate, Long> rowsIn = new TreeMap<>();
        files.forEach(
                file -> rowsIn.merge(file.day().orElseThrow(), footer(file).rows(), Long::sum));
        return rowsIn;
    }

    /**
     * Reads a table that is not partitioned: valid rows, one a key; empty where the table is optional and not there.
     *
     * @throws Failure.OffContract if a file is broken inside
     * @throws Failure.NotPseudonymous if an id looks like an e-mail address
     */
    public DimensionRows dimension(TableContract contract) {
        List<FileFooter> ofTable =
                folder.files(contract).stream().map(this::footer).toList();
        return ReadFailures.translate(() -> DimensionRows.of(
                contract,
                reader.read(contract, ofTable),
                ofTable.stream().mapToLong(FileFooter::rows).sum()));
    }

    /** Returns the names of a table's columns that the contract does not know and nobody reads, sorted. */
    public List<String> extraColumns(TableContract contract) {
        return footers.values().stream()
                .filter(footer -> footer.table().equals(contract.name()))
                .flatMap(footer -> footer.extraColumns().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private FileFooter footer(InputFile file) {
        FileFooter footer = footers.get(file.name());
        if (footer == null) {
            throw new IllegalArgumentException(file.name() + " was not among the days that were checked");
        }
        return footer;
    }
}
