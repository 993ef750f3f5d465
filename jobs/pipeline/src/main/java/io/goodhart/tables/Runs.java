package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.goodhart.tables.TableContract.Room;

/** Table {@code runs}: one run, failed ones too. A date's tables count from the moment that its run is {@code published}. */
public final class Runs {
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run's id");
    public static final ColumnSpec RUN_DATE = required("run_date", DateType, "the date that it ran for");
    public static final ColumnSpec STARTED = required("started", TimestampType, "when it began");
    public static final ColumnSpec FINISHED =
            optional("finished", TimestampType, "when it ended; null: it has not, or it was killed");
    public static final ColumnSpec STATE = required(
            "state",
            StringType,
            "running; publishing: staged, being switched in; published; trained: a model, no night; failed");
    public static final ColumnSpec EXIT_CODE =
            optional("exit_code", IntegerType, "what it left with; null: it has not, or it was killed");
    public static final ColumnSpec MESSAGE =
            optional("message", StringType, "why it failed, or what it has to say; null: nothing");
    public static final ColumnSpec CODE_VERSION = required("code_version", StringType, "version of the program");
    public static final ColumnSpec CONFIG =
            required("config", createMapType(StringType, StringType, false), "every setting that it ran with");
    public static final ColumnSpec INPUT_FINGERPRINTS = required(
            "input_fingerprints",
            createMapType(StringType, StringType, false),
            "a hash of the files read, by input table");
    public static final ColumnSpec COUNTS = required(
            "counts",
            createMapType(StringType, LongType, false),
            "rows by what became of them, over the window or, of tables without days, all; extra_columns: those of the files read that the contract"
                    + " does not know; patterns.born, .split, .merged, .retired: beside the night before; rehearsal.*: figures that"
                    + " rehearse adds to a published run");
    public static final ColumnSpec MODEL_ID =
            optional("model_id", StringType, "the model that scored it, or that it trained; null: none");
    public static final ColumnSpec PRIOR_RUN_ID =
            optional("prior_run_id", StringType, "the run whose patterns and findings it went on from; null: none");
    public static final ColumnSpec STEP_SECONDS =
            required("step_seconds", createMapType(StringType, DoubleType, false), "how long each step took, seconds");

    public static final TableContract CONTRACT = TableContract.named("runs", 1, Room.OPEN, "one run, failed ones too")
            .grain(RUN_ID)
            .columns(
                    RUN_ID,
                    RUN_DATE,
                    STARTED,
                    FINISHED,
                    STATE,
                    EXIT_CODE,
                    MESSAGE,
                    CODE_VERSION,
                    CONFIG,
                    INPUT_FINGERPRINTS,
                    COUNTS,
                    MODEL_ID,
                    PRIOR_RUN_ID,
                    STEP_SECONDS);

    private Runs() {}
}
