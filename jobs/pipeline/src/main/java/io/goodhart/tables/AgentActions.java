package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.nullable;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code agent_actions}: one side effect of an agent. Optional as a whole. */
public final class AgentActions {
    /** The kinds of action. */
    public static final List<String> ACTIONS = List.of(
            "deploy",
            "merge",
            "approve",
            "push",
            "shell",
            "email_send",
            "chat_post",
            "ticket_update",
            "file_write",
            "data_write",
            "delete",
            "spend");

    /** The actions that reach others than the person: what an unwatched agent should not do. */
    public static final List<String> RISKY_ACTIONS =
            List.of("deploy", "merge", "approve", "email_send", "data_write", "delete", "spend");

    public static final ColumnSpec EVENT_ID =
            required("event_id", StringType, "the tool's id of the action").must(Rule.notBlank());
    public static final ColumnSpec EVENT_TIME =
            required("event_time", TimestampType, "when it happened, UTC").must(Rule.withinDay("event_date"));
    public static final ColumnSpec PERSON_ID = nullable(
            "person_id",
            StringType,
            "pseudonym of the agent's owner; null: an account that nobody has mapped to a person");
    public static final ColumnSpec SOURCE =
            required("source", StringType, "the tool that reported it").must(Rule.notBlank());
    public static final ColumnSpec SESSION_ID = optional("session_id", StringType, "the session; null: not told");
    public static final ColumnSpec ACTION =
            required("action", StringType, "what the agent did").must(Rule.oneOf(ACTIONS));
    public static final ColumnSpec APPROVAL = required("approval", StringType, "whether a person looked at it")
            .must(Rule.oneOf(List.of("human_before", "human_after", "none")));
    public static final ColumnSpec TARGET_ENV = optional("target_env", StringType, "environment; null: not told")
            .must(Rule.oneOf(List.of("prod", "stage", "dev")));
    public static final ColumnSpec SUCCEEDED = optional("succeeded", BooleanType, "null: not told");
    public static final ColumnSpec ROLLED_BACK = optional("rolled_back", BooleanType, "undone later; null: not told");
    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "UTC date of the action; in the path");

    public static final TableContract CONTRACT = TableContract.named(
                    "agent_actions", 1, Room.INPUT, "one side effect of an agent")
            .grain(SOURCE, EVENT_ID)
            .partitionedBy(EVENT_DATE)
            .columns(
                    EVENT_ID,
                    EVENT_TIME,
                    PERSON_ID,
                    SOURCE,
                    SESSION_ID,
                    ACTION,
                    APPROVAL,
                    TARGET_ENV,
                    SUCCEEDED,
                    ROLLED_BACK,
                    EVENT_DATE);

    private AgentActions() {}
}
