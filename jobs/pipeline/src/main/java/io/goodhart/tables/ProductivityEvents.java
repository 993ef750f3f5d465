package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.nullable;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code productivity_events}: one outcome of a person's work. */
public final class ProductivityEvents {
    /** The kinds of outcome. */
    public static final List<String> KINDS = List.of(
            "commit",
            "pull_request_opened",
            "pull_request_merged",
            "pull_request_closed",
            "review",
            "issue_closed",
            "deployment",
            "incident_resolved",
            "document_published");

    public static final ColumnSpec EVENT_ID =
            required("event_id", StringType, "the tool's id of the outcome").must(Rule.notBlank());
    public static final ColumnSpec EVENT_TIME =
            required("event_time", TimestampType, "when it happened, UTC").must(Rule.withinDay("event_date"));
    public static final ColumnSpec PERSON_ID = nullable(
            "person_id", StringType, "pseudonym of the author; null: an account that nobody has mapped to a person");
    public static final ColumnSpec SOURCE =
            required("source", StringType, "the tool that reported it").must(Rule.notBlank());
    public static final ColumnSpec KIND =
            required("kind", StringType, "what kind of outcome").must(Rule.oneOf(KINDS));
    public static final ColumnSpec LINES_ADDED =
            optional("lines_added", IntegerType, "lines; null: not told").must(Rule.notNegative());
    public static final ColumnSpec LINES_DELETED =
            optional("lines_deleted", IntegerType, "lines; null: not told").must(Rule.notNegative());
    public static final ColumnSpec REVERTED = optional("reverted", BooleanType, "undone later; null: not told");
    public static final ColumnSpec SUBJECT_ID = optional(
            "subject_id",
            StringType,
            "the pull request, issue or document it is about: the same for opening, reviews and merge");
    public static final ColumnSpec COUNTERPART_ID = optional(
            "counterpart_id",
            StringType,
            "pseudonym; of a merge who merged, of a review the author of what was reviewed");
    public static final ColumnSpec SELF_MERGED =
            optional("self_merged", BooleanType, "merged by its author with nobody else's review; null: not told");
    public static final ColumnSpec REPO_ID = optional("repo_id", StringType, "repository; null: not told");
    public static final ColumnSpec TASK_KEY = optional("task_key", StringType, "ticket; null: not told");
    public static final ColumnSpec AI_ASSISTED = optional("ai_assisted", BooleanType, "made with AI; null: not told");
    public static final ColumnSpec EVENT_DATE =
            required("event_date", DateType, "UTC date of the outcome; in the path");

    public static final TableContract CONTRACT = TableContract.named(
                    "productivity_events", 1, Room.INPUT, "one outcome of a person's work")
            .grain(SOURCE, EVENT_ID)
            .partitionedBy(EVENT_DATE)
            .columns(
                    EVENT_ID,
                    EVENT_TIME,
                    PERSON_ID,
                    SOURCE,
                    KIND,
                    LINES_ADDED,
                    LINES_DELETED,
                    REVERTED,
                    SUBJECT_ID,
                    COUNTERPART_ID,
                    SELF_MERGED,
                    REPO_ID,
                    TASK_KEY,
                    AI_ASSISTED,
                    EVENT_DATE);

    private ProductivityEvents() {}
}
