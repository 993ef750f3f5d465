package io.goodhart.landing;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Words;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.List;

/** Folds the side effects of a person's agents in a day into the action columns of {@code person_days}. */
final class ActionFold implements DayFold {
    private static final List<EventColumn> READS = List.of(
            EventColumn.number("unapproved", AgentActions.APPROVAL.col().equalTo("none")),
            EventColumn.number("risky", AgentActions.ACTION.col().isin(AgentActions.RISKY_ACTIONS.toArray())),
            EventColumn.number("succeeded", AgentActions.SUCCEEDED.col()),
            EventColumn.number("rolled_back", AgentActions.ROLLED_BACK.col()));
    private static final List<ColumnSpec> FILLS = List.of(
            PersonDays.ACTIONS,
            PersonDays.UNAPPROVED_ACTIONS,
            PersonDays.RISKY_ACTIONS,
            PersonDays.UNAPPROVED_RISKY_ACTIONS,
            PersonDays.FAILED_ACTIONS,
            PersonDays.ROLLED_BACK_ACTIONS);
    private static final int UNAPPROVED = 0;
    private static final int RISKY = 1;
    private static final int SUCCEEDED = 2;
    private static final int ROLLED_BACK = 3;

    private final Total failed = new Total();
    private final Total rolledBack = new Total();

    @Override
    public List<EventColumn> reads() {
        return READS;
    }

    @Override
    public int time() {
        return -1;
    }

    @Override
    public int tie() {
        return -1;
    }

    @Override
    public List<ColumnSpec> fills() {
        return FILLS;
    }

    @Override
    public void fold(DayRows day, Object[] values, int[] places) {
        Words words = day.words();
        int first = day.firstWanted();
        long unapproved = 0;
        long risky = 0;
        long both = 0;
        failed.clear();
        rolledBack.clear();
        for (int i = 0; i < day.size(); i++) {
            int row = day.row(i);
            long isUnapproved = words.get(row, first + UNAPPROVED);
            long isRisky = words.get(row, first + RISKY);
            unapproved += isUnapproved;
            risky += isRisky;
            both += isUnapproved & isRisky;
            if (!words.isNull(row, first + SUCCEEDED)) {
                failed.add(1 - words.get(row, first + SUCCEEDED));
            }
            if (!words.isNull(row, first + ROLLED_BACK)) {
                rolledBack.add(words.get(row, first + ROLLED_BACK));
            }
        }
        values[places[0]] = (long) day.size();
        values[places[1]] = unapproved;
        values[places[2]] = risky;
        values[places[3]] = both;
        values[places[4]] = failed.orNull();
        values[places[5]] = rolledBack.orNull();
    }
}
