package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code dispositions}: what a person decided about a finding. Optional as a whole. */
public final class Dispositions {
    public static final ColumnSpec PERSON_ID =
            required("person_id", StringType, "pseudonym").must(Rule.notBlank());
    public static final ColumnSpec PATTERN_ID = optional("pattern_id", StringType, "the pattern decided on; null: any");
    public static final ColumnSpec DECISION = required(
                    "decision",
                    StringType,
                    "what was decided; of each person and pattern_id the latest counts: benign and planned_activity suppress, confirmed and"
                            + " unsure do not, and lift an earlier one")
            .must(Rule.oneOf(List.of("confirmed", "benign", "planned_activity", "unsure")));
    public static final ColumnSpec DECIDED_ON = required("decided_on", DateType, "when");
    public static final ColumnSpec SUPPRESS_UNTIL =
            optional("suppress_until", DateType, "last day on which it suppresses; null: for good");
    public static final ColumnSpec REASON = optional("reason", StringType, "why; null: not told");

    public static final TableContract CONTRACT = TableContract.named(
                    "dispositions", 1, Room.INPUT, "what a person decided about a finding")
            .grain(PERSON_ID, PATTERN_ID, DECIDED_ON)
            .columns(PERSON_ID, PATTERN_ID, DECISION, DECIDED_ON, SUPPRESS_UNTIL, REASON);

    private Dispositions() {}
}
