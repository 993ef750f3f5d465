package io.goodhart.warehouse;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** What the metadata of a partitioned table says of its days: no row is read. */
public final class TableDays {
    private final WarehouseTables tables;
    private final TableContract contract;

    TableDays(WarehouseTables tables, TableContract contract) {
        this.tables = tables;
        this.contract = contract;
    }

    /** Returns the first of the days from {@code first} to {@code last} of which the table holds rows. */
    public Optional<LocalDate> first(LocalDate first, LocalDate last) {
        return files(first, last).keySet().stream().findFirst();
    }

    /** Returns where the files of the days from {@code first} to {@code last} lie, by day; a day without rows is left out. */
    public NavigableMap<LocalDate, NavigableSet<String>> files(LocalDate first, LocalDate last) {
        NavigableMap<LocalDate, NavigableSet<String>> files = new TreeMap<>();
        scan(
                tables.checked(contract).newScan(),
                first,
                last,
                (day, file) ->
                        files.computeIfAbsent(day, absent -> new TreeSet<>()).add(file.location()));
        return files;
    }

    /**
     * Returns the one value that all rows of a day hold in {@code column}, which holds longs, by day from {@code first} to {@code last}. A
     * day on which they differ, or may, is left out.
     */
    public Map<LocalDate, Long> values(ColumnSpec column, LocalDate first, LocalDate last) {
        Table table = tables.checked(contract);
        int field = table.schema().findField(column.name()).fieldId();
        Map<LocalDate, Set<Long>> bounds = new HashMap<>();
        scan(table.newScan().includeColumnStats(), first, last, (day, file) -> {
            Set<Long> values = bounds.computeIfAbsent(day, absent -> new HashSet<>());
            values.add(longOrNull(file.lowerBounds(), field));
            values.add(longOrNull(file.upperBounds(), field));
        });
        Map<LocalDate, Long> values = new HashMap<>();
        bounds.forEach((day, found) -> {
            if (found.size() == 1 && !found.contains(null)) {
                values.put(day, found.iterator().next());
            }
        });
        return values;
    }

    private void scan(TableScan scan, LocalDate first, LocalDate last, BiConsumer<LocalDate, DataFile> look) {
        String date = contract.partition().orElseThrow().name();
        StorageGuard.guard("cannot read " + contract.name(), () -> {
            try (CloseableIterable<FileScanTask> found = scan.filter(
                            Expressions.greaterThanOrEqual(date, first.toString()))
                    .filter(Expressions.lessThanOrEqual(date, last.toString()))
                    .planFiles()) {
                found.forEach(task ->
                        look.accept(LocalDate.ofEpochDay(task.partition().get(0, Integer.class)), task.file()));
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        });
    }

    private static Long longOrNull(Map<Integer, ByteBuffer> bounds, int field) {
        ByteBuffer bound = bounds == null ? null : bounds.get(field);
        return bound == null ? null : Conversions.fromByteBuffer(Types.LongType.get(), bound);
    }
}
