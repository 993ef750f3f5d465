package io.goodhart.simulation;

import io.goodhart.simulation.Injection.Subject;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageEvents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.Row;

/** Writes what gaming adds to a real person's events, and changes in them, as rows that tell no more than the person's own do. */
final class GamedRows {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final String PREFIX = "rehearsal-";

    private final Injection injection;
    private final Subject subject;
    private final int position;
    private final List<String> ids;
    private final List<Integer> accomplices;
    private final double costOverList;
    private int number;

    /**
     * @param ids of all who play
     * @param accomplices whose outcomes this person's gaming makes too
     * @param costOverList what the person's tokens cost over what they would at the made-up list; NaN: not told
     */
    GamedRows(
            Injection injection,
            Subject subject,
            int position,
            List<String> ids,
            List<Integer> accomplices,
            double costOverList) {
        this.injection = injection;
        this.subject = subject;
        this.position = position;
        this.ids = ids;
        this.accomplices = accomplices;
        this.costOverList = costOverList;
    }

    /** A request of the person's own as it was before gaming touched it. */
    record Seen(Row row, AiModel model, long cacheRead, long price) {}

    /** Returns the row of a request that gaming adds. */
    Row added(PersonDay day, Request request) {
        Cells cells = Cells.like(UsageEvents.CONTRACT, subject.events().usage());
        cells.set(UsageEvents.EVENT_ID, nextId());
        cells.set(UsageEvents.EVENT_TIME, request.micros);
        cells.set(UsageEvents.EVENT_DATE, day(request.micros));
        cells.set(UsageEvents.PERSON_ID, subject.personId());
        cells.set(UsageEvents.MODEL, injection.company().playing(request.model));
        cells.tell(UsageEvents.SESSION_ID, PREFIX + request.session);
        cells.tell(UsageEvents.INITIATOR, request.initiator);
        cells.tell(UsageEvents.REQUESTS, 1);
        cells.set(UsageEvents.INPUT_TOKENS, request.input);
        cells.tell(UsageEvents.CACHE_READ_TOKENS, request.cacheRead);
        cells.tell(UsageEvents.CACHE_WRITE_TOKENS, request.cacheWrite);
        cells.set(UsageEvents.OUTPUT_TOKENS, request.output);
        cells.tell(
                UsageEvents.COST_USD,
                BigDecimal.valueOf(request.price() / 1e6 * (Double.isNaN(costOverList) ? 1 : costOverList))
                        .setScale(6, RoundingMode.HALF_UP));
        cells.tell(UsageEvents.PROMPT_FINGERPRINT, request.fingerprint);
        cells.tell(UsageEvents.PROMPT_CHARS, request.promptChars);
        cells.tell(UsageEvents.LINES_SUGGESTED, request.suggested);
        cells.tell(UsageEvents.LINES_ACCEPTED, request.accepted);
        cells.tell(UsageEvents.STATUS, request.status);
        if (!request.credential.equals(day.credential(0))) {
            cells.tell(UsageEvents.CREDENTIAL_ID, PREFIX + request.credential);
        }
        return cells.row();
    }

    /** Returns the row of the person's own request as it stands now: the one that it was, where nothing touched it. */
    Row own(Seen seen, Request request) {
        if (seen.model() == request.model && seen.cacheRead() == request.cacheRead) {
            return seen.row();
        }
        Cells cells = Cells.of(UsageEvents.CONTRACT, seen.row());
        cells.set(UsageEvents.INPUT_TOKENS, request.input);
        cells.tell(UsageEvents.CACHE_READ_TOKENS, request.cacheRead);
        if (seen.model() != request.model) {
            cells.set(UsageEvents.MODEL, injection.company().playing(request.model));
        }
        BigDecimal cost = (BigDecimal) Cells.value(seen.row(), UsageEvents.CONTRACT, UsageEvents.COST_USD);
        if (cost != null && seen.price() > 0) {
            cells.set(
                    UsageEvents.COST_USD,
                    cost.multiply(BigDecimal.valueOf(request.price()))
                            .divide(BigDecimal.valueOf(seen.price()), 6, RoundingMode.HALF_UP));
        }
        return cells.row();
    }

    /** Returns the row of an outcome that gaming adds; null: it is nobody's here, or nobody tells outcomes. */
    Row addedOrNull(Outcome outcome) {
        boolean isOurs = outcome.author() == position || accomplices.contains(outcome.author());
        if (!isOurs || !injection.company().tellsOutcomes()) {
            return null;
        }
        Cells cells = Cells.like(ProductivityEvents.CONTRACT, subject.events().outcomes());
        boolean isCode = outcome.linesAdded() >= 0;
        boolean isMerge = outcome.kind().equals("pull_request_merged");
        cells.set(ProductivityEvents.EVENT_ID, nextId());
        cells.set(ProductivityEvents.EVENT_TIME, outcome.micros());
        cells.set(ProductivityEvents.EVENT_DATE, day(outcome.micros()));
        cells.set(ProductivityEvents.PERSON_ID, ids.get(outcome.author()));
        cells.set(ProductivityEvents.KIND, outcome.kind());
        cells.tell(ProductivityEvents.LINES_ADDED, isCode ? outcome.linesAdded() : null);
        cells.tell(ProductivityEvents.LINES_DELETED, isCode ? outcome.linesDeleted() : null);
        cells.tell(ProductivityEvents.REVERTED, isCode ? outcome.reverted() : null);
        cells.tell(ProductivityEvents.SUBJECT_ID, PREFIX + outcome.subject());
        cells.tell(
                ProductivityEvents.COUNTERPART_ID, outcome.counterpart() < 0 ? null : ids.get(outcome.counterpart()));
        cells.tell(ProductivityEvents.SELF_MERGED, isMerge ? outcome.selfMerged() : null);
        return cells.row();
    }

    /** Returns the row of a side effect that gaming adds. */
    Row added(Action action) {
        Cells cells = Cells.like(AgentActions.CONTRACT, subject.events().actions());
        cells.set(AgentActions.EVENT_ID, nextId());
        cells.set(AgentActions.EVENT_TIME, action.micros());
        cells.set(AgentActions.EVENT_DATE, day(action.micros()));
        cells.set(AgentActions.PERSON_ID, subject.personId());
        if (subject.events().actions().isEmpty()) {
            cells.set(
                    AgentActions.SOURCE,
                    Cells.value(subject.events().usage().get(0), UsageEvents.CONTRACT, UsageEvents.SOURCE));
        }
        cells.set(AgentActions.ACTION, action.action());
        cells.set(AgentActions.APPROVAL, action.approval());
        cells.tell(AgentActions.TARGET_ENV, action.environment());
        cells.tell(AgentActions.SUCCEEDED, action.succeeded());
        cells.tell(AgentActions.ROLLED_BACK, action.rolledBack());
        return cells.row();
    }

    private String nextId() {
        return PREFIX + injection.behaviour().id() + "-" + position + "-" + number++;
    }

    private static int day(long micros) {
        return (int) Math.floorDiv(micros, MICROS_A_DAY);
    }
}
