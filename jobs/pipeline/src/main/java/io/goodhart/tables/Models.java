package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.goodhart.tables.TableContract.Room;

/** Table {@code models}: one trained model. A row is written once and never changed. */
public final class Models {
    public static final ColumnSpec MODEL_ID = required("model_id", StringType, "the model's id");
    public static final ColumnSpec TRAINED_FOR = required("trained_for", DateType, "the date for which it was due");
    public static final ColumnSpec FEATURES =
            required("features", createArrayType(StringType, false), "the features, in the order of the vector");
    public static final ColumnSpec SETTINGS =
            required("settings", createMapType(StringType, StringType, false), "the forest's settings");
    public static final ColumnSpec LOCATION = required("location", StringType, "path of the saved model");
    public static final ColumnSpec PROVENANCE = required(
            "provenance",
            createMapType(StringType, StringType, false),
            "training_windows, window_ends (how many), first_window_end, last_window_end, history_start, spark_version; the honest null that p-values come from:"
                    + " honest_scores (absent where too few windows knew a past), honest_scores_newcomers, honest_tail; input fingerprints and code"
                    + " version stand in runs, under run_id");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that trained it");

    public static final TableContract CONTRACT = TableContract.named("models", 1, Room.RESTRICTED, "one trained model")
            .grain(MODEL_ID)
            .columns(MODEL_ID, TRAINED_FOR, FEATURES, SETTINGS, LOCATION, PROVENANCE, RUN_ID);

    private Models() {}
}
