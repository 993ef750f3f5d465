package io.goodhart.warehouse;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Name of the branch that a run stages a table's date on: whoever finds it left behind can tell whose it was. */
record StagingBranch(LocalDate date, String runId) {
    private static final Pattern NAME = Pattern.compile("night_(\\d{4}-\\d{2}-\\d{2})_(.+)");

    String name() {
        return "night_" + date + "_" + runId;
    }

    /** Returns the staging branch called {@code name}; empty: some other branch or tag. */
    static Optional<StagingBranch> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new StagingBranch(LocalDate.parse(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }
}
