package io.goodhart.warehouse;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Runs;
import io.goodhart.warehouse.RunRecord.State;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Table {@code runs}, row by row. A row is replaced in one commit, whatever other runs write meanwhile. */
public final class RunLog {
    private static final Comparator<RunRecord> NEWEST = Comparator.comparing(RunRecord::runDate)
            .thenComparing(RunRecord::started)
            .thenComparing(RunRecord::runId);

    private static final int FIRST_LOOK_DAYS = 10;
    private static final int LONGEST_LOOK_DAYS = 1_000;

    private final FewRows rows;

    RunLog(FewRows rows) {
        this.rows = rows;
    }

    /** Returns the newest published run of {@code date}, if there is one: the one whose rows the tables hold. */
    public Optional<RunRecord> published(LocalDate date) {
        return runs(Expressions.equal(Runs.RUN_DATE.name(), date.toString())).stream()
                .filter(in(State.PUBLISHED))
                .max(NEWEST);
    }

    /** Returns the run that a run of {@code date} goes on from: the newest published one of the newest date before it. */
    public Optional<RunRecord> prior(LocalDate date) {
        return lookingBack(date).stream().max(NEWEST);
    }

    /** Returns the runs that had not ended when last heard of. */
    List<RunRecord> unfinished() {
        return runs(Expressions.in(Runs.STATE.name(), State.RUNNING.text(), State.PUBLISHING.text()));
    }

    /** Returns the row of {@code runId}, if there is one. */
    public Optional<RunRecord> find(String runId) {
        return runs(Expressions.equal(Runs.RUN_ID.name(), runId)).stream().findFirst();
    }

    void write(RunRecord run) {
        Row row = RowFactory.create(
                run.runId(),
                run.runDate(),
                run.started(),
                run.end().finished().orElse(null),
                run.state().text(),
                run.end().exitCode().orElse(null),
                run.end().message().orElse(null),
                run.begun().codeVersion(),
                run.begun().config(),
                run.known().inputFingerprints(),
                run.known().counts(),
                run.known().modelId().orElse(null),
                run.known().priorRunId().orElse(null),
                run.known().stepSeconds());
        rows.replace(Runs.CONTRACT, List.of(row), Expressions.equal(Runs.RUN_ID.name(), run.runId()));
    }

    /**
     * Returns published runs of dates before {@code date}, and the newest of them for certain. Every run is a file of its own, and the
     * newest is nearly always of the last days: it is sought further and further back.
     */
    private List<RunRecord> lookingBack(LocalDate date) {
        Expression earlier = Expressions.and(
                Expressions.lessThan(Runs.RUN_DATE.name(), date.toString()),
                Expressions.equal(Runs.STATE.name(), State.PUBLISHED.text()));
        for (int days = FIRST_LOOK_DAYS; days <= LONGEST_LOOK_DAYS; days *= FIRST_LOOK_DAYS) {
            Expression since = Expressions.greaterThanOrEqual(
                    Runs.RUN_DATE.name(), date.minusDays(days).toString());
            List<RunRecord> found = runs(Expressions.and(earlier, since));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return runs(earlier);
    }

    private List<RunRecord> runs(Expression condition) {
        return rows.where(Runs.CONTRACT, condition).stream().map(RunLog::record).toList();
    }

    private static RunRecord record(Row row) {
        return new RunRecord(
                new RunRecord.Begun(
                        row.getAs(Runs.RUN_ID.name()),
                        row.<Date>getAs(Runs.RUN_DATE.name()).toLocalDate(),
                        row.<Timestamp>getAs(Runs.STARTED.name()).toInstant(),
                        row.getAs(Runs.CODE_VERSION.name()),
                        map(row, Runs.CONFIG)),
                new RunRecord.Known(
                        map(row, Runs.INPUT_FINGERPRINTS),
                        value(row, Runs.PRIOR_RUN_ID),
                        value(row, Runs.MODEL_ID),
                        map(row, Runs.COUNTS),
                        map(row, Runs.STEP_SECONDS)),
                new RunRecord.End(
                        State.of(row.getAs(Runs.STATE.name())),
                        value(row, Runs.EXIT_CODE),
                        value(row, Runs.MESSAGE),
                        RunLog.<Timestamp>value(row, Runs.FINISHED).map(Timestamp::toInstant)));
    }

    private static <T> Optional<T> value(Row row, ColumnSpec column) {
        return Optional.ofNullable(row.getAs(column.name()));
    }

    private static <V> Map<String, V> map(Row row, ColumnSpec column) {
        return row.getJavaMap(row.fieldIndex(column.name()));
    }

    private static Predicate<RunRecord> in(State state) {
        return run -> run.state() == state;
    }
}
