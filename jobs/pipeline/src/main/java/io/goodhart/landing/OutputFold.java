package io.goodhart.landing;

import static io.goodhart.tables.ProductivityEvents.COUNTERPART_ID;
import static io.goodhart.tables.ProductivityEvents.EVENT_ID;
import static io.goodhart.tables.ProductivityEvents.EVENT_TIME;
import static io.goodhart.tables.ProductivityEvents.KIND;
import static io.goodhart.tables.ProductivityEvents.KINDS;
import static io.goodhart.tables.ProductivityEvents.LINES_ADDED;
import static io.goodhart.tables.ProductivityEvents.LINES_DELETED;
import static io.goodhart.tables.ProductivityEvents.REVERTED;
import static io.goodhart.tables.ProductivityEvents.SELF_MERGED;
import static io.goodhart.tables.ProductivityEvents.SUBJECT_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.LongIds;
import io.goodhart.rows.Words;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** Folds a person's outcomes of a day into the output columns of {@code person_days}. */
final class OutputFold implements DayFold {
    private static final int OPENED = KINDS.indexOf("pull_request_opened");
    private static final int MERGED = KINDS.indexOf("pull_request_merged");
    private static final int COMMITTED = KINDS.indexOf("commit");

    private static final List<EventColumn> READS = List.of(
            EventColumn.number("time", unix_micros(EVENT_TIME.col())),
            EventColumn.text("id", EVENT_ID.col()),
            EventColumn.number("kind", kind()),
            EventColumn.number(
                    "lines",
                    when(
                            coalesce(LINES_ADDED.col(), LINES_DELETED.col()).isNotNull(),
                            coalesce(LINES_ADDED.col(), lit(0))
                                    .cast("bigint")
                                    .plus(coalesce(LINES_DELETED.col(), lit(0)).cast("bigint")))),
            EventColumn.number("reverted", REVERTED.col()),
            EventColumn.number("subject", when(SUBJECT_ID.col().isNotNull(), xxhash64(SUBJECT_ID.col()))),
            EventColumn.number("self_merged", SELF_MERGED.col()),
            EventColumn.text("counterpart", when(KIND.col().equalTo("pull_request_merged"), COUNTERPART_ID.col())));
    private static final int TIME = 0;
    private static final int ID = 1;
    private static final int KIND_NUMBER = 2;
    private static final int LINES = 3;
    private static final int UNDONE = 4;
    private static final int SUBJECT = 5;
    private static final int SELF = 6;
    private static final int COUNTERPART = 7;

    private static final List<ColumnSpec> FILLS = List.of(
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
            PersonDays.SELF_MERGES,
            PersonDays.MERGED_BY);
    private static final long QUICK_MICROS = 600_000_000;

    private final long[] kinds = new long[KINDS.size()];
    private final Total reverted = new Total();
    private final Total revertedMerges = new Total();
    private final Total mergedLines = new Total();
    private final Total committedLines = new Total();
    private final Total smallMerges = new Total();
    private final Total quickMerges = new Total();
    private final Total selfMerges = new Total();
    private final Mergers mergers = new Mergers();
    private final LongIds subjects = new LongIds();
    private long[] opened = new long[16];

    private static Column kind() {
        return IntStream.range(0, KINDS.size())
                .mapToObj(number -> when(KIND.col().equalTo(KINDS.get(number)), lit(number)))
                .reduce((first, second) -> coalesce(first, second))
                .orElseThrow();
    }

    @Override
    public List<EventColumn> reads() {
        return READS;
    }

    @Override
    public int time() {
        return TIME;
    }

    @Override
    public int tie() {
        return ID;
    }

    @Override
    public List<ColumnSpec> fills() {
        return FILLS;
    }

    @Override
    public void fold(DayRows day, Object[] values, int[] places) {
        begin();
        for (int i = 0; i < day.size(); i++) {
            add(day.words(), day.firstWanted(), day.row(i));
        }
        for (int number = 0; number < kinds.length; number++) {
            values[places[number]] = kinds[number];
        }
        int next = kinds.length;
        for (Total sum :
                List.of(reverted, revertedMerges, mergedLines, committedLines, smallMerges, quickMerges, selfMerges)) {
            values[places[next++]] = sum.orNull();
        }
        values[places[next]] = mergers.rowsOrNull(day.texts());
    }

    private void begin() {
        Arrays.fill(kinds, 0);
        reverted.clear();
        revertedMerges.clear();
        mergedLines.clear();
        committedLines.clear();
        smallMerges.clear();
        quickMerges.clear();
        selfMerges.clear();
        mergers.clear();
        subjects.clear();
    }

    private void add(Words words, int first, int row) {
        int kind = (int) words.get(row, first + KIND_NUMBER);
        kinds[kind]++;
        boolean isMerge = kind == MERGED;
        boolean isCommit = kind == COMMITTED;
        if ((isMerge || isCommit) && !words.isNull(row, first + UNDONE)) {
            reverted.add(words.get(row, first + UNDONE));
            if (isMerge) {
                revertedMerges.add(words.get(row, first + UNDONE));
            }
        }
        if (!words.isNull(row, first + LINES)) {
            long lines = words.get(row, first + LINES);
            if (isMerge) {
                mergedLines.add(lines);
                smallMerges.add(lines <= PersonDays.SMALL_MERGE ? 1 : 0);
            } else if (isCommit) {
                committedLines.add(lines);
            }
        }
        if (isMerge && !words.isNull(row, first + SELF)) {
            selfMerges.add(words.get(row, first + SELF));
        }
        boolean isQuick = false;
        if ((isMerge || kind == OPENED) && !words.isNull(row, first + SUBJECT)) {
            isQuick = isQuick(words.get(row, first + SUBJECT), words.get(row, first + TIME), isMerge);
            if (isMerge) {
                quickMerges.add(isQuick ? 1 : 0);
            }
        }
        if (!words.isNull(row, first + COUNTERPART)) {
            mergers.add((int) words.get(row, first + COUNTERPART), isQuick);
        }
    }

    /** Notes an opening; of a merge returns whether it follows the subject's last opening of the day at once. */
    private boolean isQuick(long subject, long time, boolean isMerge) {
        int known = subjects.size();
        int number = subjects.idOf(subject);
        if (number == known) {
            if (number == opened.length) {
                opened = Arrays.copyOf(opened, 2 * number);
            }
            opened[number] = Long.MIN_VALUE;
        }
        if (!isMerge) {
            opened[number] = time;
            return false;
        }
        return opened[number] != Long.MIN_VALUE && time - opened[number] <= QUICK_MICROS;
    }
}
