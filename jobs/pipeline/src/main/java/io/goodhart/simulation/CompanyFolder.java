package io.goodhart.simulation;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The folder that a company is written to: one Parquet file a table and day, named the same every time, and nothing besides.
 *
 * <p>Rows come in the plain shape of {@link PlainRows}.
 */
final class CompanyFolder {
    private final FileSystem files;
    private final Path root;
    private final List<TableContract> written = new ArrayList<>();

    private CompanyFolder(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    /** Returns the folder, which must be empty or not be there. */
    static CompanyFolder at(SparkSession spark, String target) {
        try {
            Path root = new Path(target);
            FileSystem files = root.getFileSystem(spark.sessionState().newHadoopConf());
            if (files instanceof ChecksumFileSystem checked) {
                files = checked.getRawFileSystem();
            }
            try {
                if (files.listStatusIterator(root).hasNext()) {
                    throw Messages.folderNotEmpty(target);
                }
            } catch (FileNotFoundException notThere) {
                if (!files.mkdirs(root)) {
                    throw new IOException("the folder cannot be made");
                }
            }
            return new CompanyFolder(files, root);
        } catch (IllegalArgumentException notAPath) {
            throw Messages.notAPath("--to", target, notAPath);
        } catch (IOException failed) {
            throw Messages.storage("cannot write a company to " + target, failed);
        }
    }

    /** Writes an event table in so many tasks, a file a day, sorted so that the same rows give the same file. */
    void writeByDay(TableContract table, Dataset<Row> plainRows, int tasks) throws IOException {
        ColumnSpec date = table.partition().orElseThrow();
        Dataset<Row> rows = plainRows
                .repartition(tasks, date.col())
                .sortWithinPartitions(
                        date.col(),
                        table.columns().get(0).col(),
                        table.columns().get(2).col())
                .select(PlainRows.withTimes(table.schema()));
        written.add(table);
        Path folder = new Path(root, table.name());
        parquet(rows).partitionBy(date.name()).save(folder.toString());
        tidy(folder);
        for (FileStatus day : files.listStatus(folder)) {
            tidy(day.getPath());
        }
    }

    /** Writes a small table as one file in a folder of its own, or nothing where it has no rows. */
    void write(TableContract table, Dataset<Row> plainRows) throws IOException {
        written.add(table);
        Path folder = new Path(root, table.name());
        Column[] grain = table.grain().stream().map(ColumnSpec::col).toArray(Column[]::new);
        parquet(plainRows.coalesce(1).sortWithinPartitions(grain).select(PlainRows.withTimes(table.schema())))
                .save(folder.toString());
        tidy(folder);
    }

    /** Writes rows as the single file {@code name} beside the tables. */
    void writeFile(String name, StructType schema, Dataset<Row> plainRows) throws IOException {
        Path folder = new Path(root, "_" + name);
        parquet(plainRows.coalesce(1).select(PlainRows.withTimes(schema))).save(folder.toString());
        tidy(folder);
        files.rename(new Path(folder, "part-0.parquet"), new Path(root, name));
        files.delete(folder, true);
    }

    /** Returns how many rows each table holds, as the files' footers say. */
    Map<String, Long> rows(SparkSession spark) {
        Map<String, Long> rows = new TreeMap<>();
        for (TableContract table : written) {
            rows.put(
                    table.name(),
                    spark.read()
                            .schema(table.schema())
                            .parquet(new Path(root, table.name()).toString())
                            .count());
        }
        return rows;
    }

    private static DataFrameWriter<Row> parquet(Dataset<Row> rows) {
        return rows.write().format("parquet").option("compression", "zstd");
    }

    /** Leaves of a written folder its Parquet files, named part-0.parquet and so on. */
    private void tidy(Path folder) throws IOException {
        int number = 0;
        for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (status.isFile() && name.endsWith(".parquet")) {
                files.rename(status.getPath(), new Path(folder, "part-" + number++ + ".parquet"));
            } else if (status.isFile()) {
                files.delete(status.getPath(), false);
            }
        }
    }
}
