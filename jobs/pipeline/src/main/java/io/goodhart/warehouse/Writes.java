package io.goodhart.warehouse;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** The two ways that rows enter a table; both are one commit. */
final class Writes {
    private Writes() {}

    /** Replaces the rows that satisfy {@code condition}, which must be decided by whole files, by {@code rows}. */
    static void overwrite(Dataset<Row> rows, String table, Column condition) {
        try {
            rows.writeTo(table).overwrite(condition);
        } catch (NoSuchTableException gone) {
            throw new IllegalStateException(table + " was dropped while in use", gone);
        }
    }

    /** Adds {@code rows} to {@code branch} of the table, where no reader sees them. */
    static void appendToBranch(Dataset<Row> rows, String table, String branch) {
        try {
            rows.writeTo(branchOf(table, branch)).append();
        } catch (NoSuchTableException gone) {
            throw new IllegalStateException(table + " was dropped while in use", gone);
        }
    }

    /** Returns the name under which Spark reads and writes a branch of the table. The option of that name is ignored by writes. */
    static String branchOf(String table, String branch) {
        return table + ".`branch_" + branch + "`";
    }
}
