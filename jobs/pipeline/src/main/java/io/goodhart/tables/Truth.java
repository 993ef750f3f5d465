package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.nullable;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;

/**
 * The labels of a company whose gaming is known. Not among {@link Tables#ALL}: they are for measuring only, and nothing that learns,
 * scores or sets a weight may find them there.
 */
public final class Truth {
    /** What the truth of an honest person who looks like gaming begins with; the kind follows. */
    public static final String LOOK_ALIKE = "~";

    public static final ColumnSpec PERSON_ID = required("person_id", StringType, "pseudonym");
    public static final ColumnSpec TRUTH = nullable(
            "truth", StringType, "the behaviour; ~kind: an honest look-alike; empty or null: honest and ordinary");
    public static final ColumnSpec GAMING_FROM =
            optional("gaming_from", DateType, "first gamed day; null: from the beginning");
    public static final ColumnSpec WASTED_TOKENS =
            optional("wasted_tokens", LongType, "tokens that only gaming explains, over the window; null: not known");
    public static final ColumnSpec WASTED_USD =
            optional("wasted_usd", MONEY, "US dollars that only gaming explains, over the window; null: not known");

    public static final TableContract CONTRACT = TableContract.named(
                    "truth", 1, Room.INPUT, "one person of a company whose gaming is known")
            .grain(PERSON_ID)
            .columns(PERSON_ID, TRUTH, GAMING_FROM, WASTED_TOKENS, WASTED_USD);

    private Truth() {}
}
