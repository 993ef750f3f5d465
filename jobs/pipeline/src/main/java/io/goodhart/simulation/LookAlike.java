package io.goodhart.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Honest people whose usage looks like gaming; {@link #ORDINARY} for everybody else. */
enum LookAlike {
    ORDINARY,
    NEW_HIRE,
    LEAVE,
    MIGRATION,
    ONCALL,
    EVAL_OWNER,
    BATCH_OWNER,
    STAR,
    REVIEWER,
    WRITER,
    NIGHT_OWL,
    PART_TIME,
    LIGHT_USER;

    /** All but the ordinary. */
    static final List<LookAlike> KINDS =
            Arrays.stream(values()).filter(kind -> kind != ORDINARY).toList();

    /** Returns what stands in truth: {@code ~kind}, empty for an ordinary person. */
    String truth() {
        return this == ORDINARY ? "" : "~" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the heavy work is announced in {@code declared_workloads}. */
    boolean declared() {
        return this == EVAL_OWNER || this == BATCH_OWNER;
    }
}
