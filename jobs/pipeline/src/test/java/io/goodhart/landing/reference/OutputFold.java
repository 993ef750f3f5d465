package io.goodhart.landing.reference;

import static io.goodhart.tables.ProductivityEvents.EVENT_TIME;
import static io.goodhart.tables.ProductivityEvents.KIND;
import static io.goodhart.tables.ProductivityEvents.LINES_ADDED;
import static io.goodhart.tables.ProductivityEvents.LINES_DELETED;
import static io.goodhart.tables.ProductivityEvents.REVERTED;
import static io.goodhart.tables.ProductivityEvents.SELF_MERGED;
import static io.goodhart.tables.ProductivityEvents.SUBJECT_ID;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Folds a person's outcomes of a day into the output columns of {@code person_days}. */
final class OutputFold implements DayFold {
    private static final int FIRST = DayFolding.KEY.size();
    private static final List<ColumnSpec> READS =
            List.of(EVENT_TIME, KIND, LINES_ADDED, LINES_DELETED, REVERTED, SUBJECT_ID, SELF_MERGED);
    private static final Duration QUICK = Duration.ofMinutes(10);

    private final long[] kinds = new long[ProductivityEvents.KINDS.size()];
    private final Total reverted = new Total();
    private final Total revertedMerges = new Total();
    private final Total mergedLines = new Total();
    private final Total committedLines = new Total();
    private final Total smallMerges = new Total();
    private final Total quickMerges = new Total();
    private final Total selfMerges = new Total();
    private Map<String, Instant> opened = new HashMap<>();

    @Override
    public List<ColumnSpec> reads() {
        return READS;
    }

    @Override
    public List<ColumnSpec> fills() {
        return List.of(
                PersonDays.COMMITS,
                PersonDays.OPENED,
                PersonDays.MERGED,
                PersonDays.CLOSED,
                PersonDays.REVIEWS,
                PersonDays.ISSUES,
                PersonDays.DEPLOYMENTS,
                PersonDays.INCIDENTS,
                PersonDays.DOCUMENTS,
                PersonDays.REVERTED,
                PersonDays.REVERTED_MERGES,
                PersonDays.MERGED_LINES,
                PersonDays.COMMITTED_LINES,
                PersonDays.SMALL_MERGES,
                PersonDays.QUICK_MERGES,
                PersonDays.SELF_MERGES);
    }

    @Override
    public void begin() {
        java.util.Arrays.fill(kinds, 0);
        List.of(reverted, revertedMerges, mergedLines, committedLines, smallMerges, quickMerges, selfMerges)
                .forEach(Total::clear);
        opened = new HashMap<>();
    }

    @Override
    public void add(Row event) {
        String kind = event.getString(at(KIND));
        kinds[ProductivityEvents.KINDS.indexOf(kind)]++;
        boolean isMerge = kind.equals("pull_request_merged");
        boolean isCommit = kind.equals("commit");
        if (!event.isNullAt(at(REVERTED)) && (isMerge || isCommit)) {
            int undone = event.getBoolean(at(REVERTED)) ? 1 : 0;
            reverted.add(undone);
            if (isMerge) {
                revertedMerges.add(undone);
            }
        }
        boolean knowsLines = !event.isNullAt(at(LINES_ADDED)) || !event.isNullAt(at(LINES_DELETED));
        if (knowsLines) {
            long lines = lines(event, LINES_ADDED) + lines(event, LINES_DELETED);
            if (isMerge) {
                mergedLines.add(lines);
                smallMerges.add(lines <= PersonDays.SMALL_MERGE ? 1 : 0);
            } else if (isCommit) {
                committedLines.add(lines);
            }
        }
        if (isMerge && !event.isNullAt(at(SELF_MERGED))) {
            selfMerges.add(event.getBoolean(at(SELF_MERGED)) ? 1 : 0);
        }
        if (!event.isNullAt(at(SUBJECT_ID))) {
            Instant time = event.getTimestamp(at(EVENT_TIME)).toInstant();
            String subject = event.getString(at(SUBJECT_ID));
            if (kind.equals("pull_request_opened")) {
                opened.put(subject, time);
            } else if (isMerge) {
                Instant began = opened.get(subject);
                quickMerges.add(began != null && Duration.between(began, time).compareTo(QUICK) <= 0 ? 1 : 0);
            }
        }
    }

    @Override
    public Object[] finish() {
        List<Object> values = new ArrayList<>();
        for (long count : kinds) {
            values.add(count);
        }
        values.add(reverted.orNull());
        values.add(revertedMerges.orNull());
        values.add(mergedLines.orNull());
        values.add(committedLines.orNull());
        values.add(smallMerges.orNull());
        values.add(quickMerges.orNull());
        values.add(selfMerges.orNull());
        return values.toArray();
    }

    private static int at(ColumnSpec column) {
        return FIRST + READS.indexOf(column);
    }

    private static long lines(Row event, ColumnSpec column) {
        return event.isNullAt(at(column)) ? 0 : event.getInt(at(column));
    }
}
