package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;

/** Table {@code declared_workloads}: honest heavy work that was announced beforehand. Optional as a whole. */
public final class DeclaredWorkloads {
    public static final ColumnSpec PERSON_ID =
            required("person_id", StringType, "pseudonym").must(Rule.notBlank());
    public static final ColumnSpec TAG =
            required("tag", StringType, "what kind of work: evaluation, batch, migration, …");
    public static final ColumnSpec VALID_FROM = required("valid_from", DateType, "first day");
    public static final ColumnSpec VALID_TO = optional("valid_to", DateType, "last day; null: still going on");
    public static final ColumnSpec REASON = required("reason", StringType, "why it is heavy");

    public static final TableContract CONTRACT = TableContract.named(
                    "declared_workloads", 1, Room.INPUT, "honest heavy work that was announced beforehand")
            .grain(PERSON_ID, TAG, VALID_FROM)
            .columns(PERSON_ID, TAG, VALID_FROM, VALID_TO, REASON);

    private DeclaredWorkloads() {}
}
