package io.goodhart.simulation;

import io.goodhart.simulation.Injection.Events;
import io.goodhart.simulation.Injection.Subject;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A real person while gaming is played in a copy of their events. Their own events stand in the days that gaming works on as stand-ins;
 * what stays untouched leaves as the row it was, and what is added tells no more than the person's own rows do.
 */
final class RealPerson {
    private static final double SECONDS_AN_HOUR = 3_600.0;
    private static final String PREFIX = "rehearsal-";

    private final Injection injection;
    private final Subject subject;
    private final int position;
    private final List<String> ids;
    private final SimulationSettings settings;
    private final Person person;
    private final IdentityHashMap<Request, Seen> requests = new IdentityHashMap<>();
    private final IdentityHashMap<Outcome, Row> outcomes = new IdentityHashMap<>();
    private final IdentityHashMap<Action, Row> actions = new IdentityHashMap<>();
    private double costOverList;
    private int number;

    /** A request of the person's own as it was before gaming touched it. */
    private record Seen(Row row, AiModel model, long cacheRead, long price) {}

    RealPerson(Injection injection, Subject subject, int position, List<String> ids) {
        this.injection = injection;
        this.subject = subject;
        this.position = position;
        this.ids = ids;
        int days = (int) (injection.until().toEpochDay() - injection.from().toEpochDay() + 1);
        this.settings = new SimulationSettings(
                ids.size(), days, injection.until(), injection.seed(), injection.volume(), 0, List.of());
        long ring = Draw.hash(injection.seed(), injection.behaviour().id().hashCode());
        List<Integer> others = new ArrayList<>();
        for (int other = 0; other < ids.size(); other++) {
            if (other != position && injection.behaviour() == Behaviour.COLLUSIVE_RING) {
                others.add(other);
            }
        }
        Gaming gaming = new Gaming(
                injection.behaviour(),
                injection.from(),
                injection.volume(),
                others,
                others.isEmpty() ? Draw.hash(ring, position) : ring);
        this.person = new Person(
                position,
                subject.personId(),
                Role.BACKEND,
                0,
                5,
                subject.zone(),
                1,
                injection.from().minusYears(1),
                LookAlike.ORDINARY,
                gaming,
                habits(),
                List.of(),
                List.of());
    }

    /** Returns all events that the person would have left. */
    Events gamed() {
        costOverList = costOverList();
        List<Row> usage = new ArrayList<>();
        List<Row> made = new ArrayList<>();
        List<Row> done = new ArrayList<>();
        for (LocalDate date = injection.from().minusDays(1);
                !date.isAfter(injection.until().plusDays(1));
                date = date.plusDays(1)) {
            PersonDay day = honest(date);
            if (!date.isAfter(injection.until())) {
                day.game();
            }
            day.requests.forEach(request -> addTo(usage, row(day, request)));
            day.outcomes.forEach(outcome -> addTo(made, row(outcome)));
            day.actions.forEach(action -> addTo(done, row(action)));
        }
        return new Events(usage, made, done);
    }

    /** Days at the edges reach over the window on one clock or the other; what lies outside it is not read. */
    private void addTo(List<Row> rows, Row rowOrNull) {
        if (rowOrNull != null) {
            int day = (Integer) rowOrNull.get(rowOrNull.size() - 1);
            if (day >= injection.from().toEpochDay() && day <= injection.until().toEpochDay()) {
                rows.add(rowOrNull);
            }
        }
    }

    private PersonDay honest(LocalDate date) {
        PersonDay day =
                new PersonDay(settings, person, date, injection.company().surroundings(), this::honest);
        for (Row row : subject.events().usage()) {
            long micros = number(row, UsageEvents.CONTRACT, UsageEvents.EVENT_TIME);
            if (on(date, micros)) {
                Request request = standIn(row, micros);
                requests.put(request, new Seen(row, request.model, request.cacheRead, request.price()));
                day.requests.add(request);
            }
        }
        for (Row row : subject.events().outcomes()) {
            long micros = number(row, ProductivityEvents.CONTRACT, ProductivityEvents.EVENT_TIME);
            if (on(date, micros)) {
                String id = text(row, ProductivityEvents.CONTRACT, ProductivityEvents.EVENT_ID);
                String kind = text(row, ProductivityEvents.CONTRACT, ProductivityEvents.KIND);
                Outcome outcome = new Outcome(micros, position, kind, -1, -1, false, id, -1, false, false);
                outcomes.put(outcome, row);
                day.outcomes.add(outcome);
            }
        }
        for (Row row : subject.events().actions()) {
            long micros = number(row, AgentActions.CONTRACT, AgentActions.EVENT_TIME);
            if (on(date, micros)) {
                Action action = new Action(micros, Tool.MESHCLAW, "", "shell", "none", "dev", true, false);
                actions.put(action, row);
                day.actions.add(action);
            }
        }
        return day;
    }

    private boolean on(LocalDate date, long micros) {
        return moment(micros).atZone(subject.zone()).toLocalDate().equals(date);
    }

    private static Instant moment(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private Request standIn(Row row, long micros) {
        Request request = new Request(micros);
        boolean dearest = text(row, UsageEvents.CONTRACT, UsageEvents.MODEL)
                .equals(injection.company().dearest());
        request.with(Tool.CLAUDE_CODE, dearest ? AiModel.EPIC : AiModel.SONG);
        request.input = number(row, UsageEvents.CONTRACT, UsageEvents.INPUT_TOKENS);
        request.cacheRead = number(row, UsageEvents.CONTRACT, UsageEvents.CACHE_READ_TOKENS);
        request.cacheWrite = number(row, UsageEvents.CONTRACT, UsageEvents.CACHE_WRITE_TOKENS);
        request.output = number(row, UsageEvents.CONTRACT, UsageEvents.OUTPUT_TOKENS);
        request.session = "";
        return request;
    }

    private Habits habits() {
        List<Double> tokens = new ArrayList<>();
        List<Double> hours = new ArrayList<>();
        List<Double> lines = new ArrayList<>();
        double all = 0;
        double cached = 0;
        double output = 0;
        double agents = 0;
        for (Row row : subject.events().usage()) {
            long micros = number(row, UsageEvents.CONTRACT, UsageEvents.EVENT_TIME);
            Request request = standIn(row, micros);
            tokens.add((double) request.tokens());
            hours.add(moment(micros).atZone(subject.zone()).toLocalTime().toSecondOfDay() / SECONDS_AN_HOUR);
            all += request.tokens();
            cached += request.cacheRead;
            output += request.output;
            agents += "agent".equals(text(row, UsageEvents.CONTRACT, UsageEvents.INITIATOR)) ? 1 : 0;
        }
        for (Row row : subject.events().outcomes()) {
            long changed = number(row, ProductivityEvents.CONTRACT, ProductivityEvents.LINES_ADDED);
            if (changed > 0) {
                lines.add((double) changed);
            }
        }
        double rows = Math.max(1, subject.events().usage().size());
        return SeenHabits.of(
                Tool.CURSOR,
                tokens,
                hours,
                lines,
                rows / settings.days(),
                all > 0 ? cached / all : 0,
                all > 0 ? output / all : 0.01,
                agents / rows);
    }

    /** Returns what the person's tokens cost over what they would at the made-up list; NaN where their cost is not told. */
    private double costOverList() {
        double told = 0;
        double list = 0;
        for (Row row : subject.events().usage()) {
            Object cost = value(row, UsageEvents.CONTRACT, UsageEvents.COST_USD);
            if (cost != null) {
                told += ((BigDecimal) cost).doubleValue();
                list += standIn(row, 0).price() / 1e6;
            }
        }
        return list > 0 ? told / list : Double.NaN;
    }

    private Row row(PersonDay day, Request request) {
        Seen seen = requests.get(request);
        if (seen != null) {
            return seen.model() == request.model && seen.cacheRead() == request.cacheRead
                    ? seen.row()
                    : changed(seen, request);
        }
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

    private Row changed(Seen seen, Request request) {
        Cells cells = Cells.of(UsageEvents.CONTRACT, seen.row());
        cells.set(UsageEvents.INPUT_TOKENS, request.input);
        cells.tell(UsageEvents.CACHE_READ_TOKENS, request.cacheRead);
        if (seen.model() != request.model) {
            cells.set(UsageEvents.MODEL, injection.company().playing(request.model));
        }
        BigDecimal cost = (BigDecimal) value(seen.row(), UsageEvents.CONTRACT, UsageEvents.COST_USD);
        if (cost != null && seen.price() > 0) {
            cells.set(
                    UsageEvents.COST_USD,
                    cost.multiply(BigDecimal.valueOf(request.price()))
                            .divide(BigDecimal.valueOf(seen.price()), 6, RoundingMode.HALF_UP));
        }
        return cells.row();
    }

    /** Returns the outcome's row; null: nobody's here. */
    private Row row(Outcome outcome) {
        Row own = outcomes.get(outcome);
        if (own != null || !injection.company().tellsOutcomes()) {
            return own;
        }
        if (outcome.author() != position && !person.gaming().accomplices().contains(outcome.author())) {
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

    private Row row(Action action) {
        Row own = actions.get(action);
        if (own != null) {
            return own;
        }
        Cells cells = Cells.like(AgentActions.CONTRACT, subject.events().actions());
        cells.set(AgentActions.EVENT_ID, nextId());
        cells.set(AgentActions.EVENT_TIME, action.micros());
        cells.set(AgentActions.EVENT_DATE, day(action.micros()));
        cells.set(AgentActions.PERSON_ID, subject.personId());
        if (subject.events().actions().isEmpty()) {
            cells.set(
                    AgentActions.SOURCE,
                    value(subject.events().usage().get(0), UsageEvents.CONTRACT, UsageEvents.SOURCE));
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
        return (int) moment(micros).atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private static Object value(Row row, TableContract table, ColumnSpec column) {
        return row.get(table.columns().indexOf(column));
    }

    private static long number(Row row, TableContract table, ColumnSpec column) {
        Object value = value(row, table, column);
        return value == null ? 0 : ((Number) value).longValue();
    }

    private static String text(Row row, TableContract table, ColumnSpec column) {
        return String.valueOf(value(row, table, column));
    }

    /** A row while it is made up. */
    private static final class Cells {
        private final TableContract table;
        private final Object[] values;
        private final boolean[] told;

        private Cells(TableContract table, Object[] values, boolean[] told) {
            this.table = table;
            this.values = values;
            this.told = told;
        }

        static Cells of(TableContract table, Row row) {
            Cells cells = new Cells(table, new Object[row.size()], new boolean[row.size()]);
            for (int column = 0; column < row.size(); column++) {
                cells.values[column] = row.get(column);
                cells.told[column] = !row.isNullAt(column);
            }
            return cells;
        }

        /** Returns a copy of the first of these rows; whatever one of them tells may be told. Without rows everything may. */
        static Cells like(TableContract table, List<Row> rows) {
            int size = table.columns().size();
            if (rows.isEmpty()) {
                boolean[] everything = new boolean[size];
                java.util.Arrays.fill(everything, true);
                Cells cells = new Cells(table, new Object[size], everything);
                cells.set(ProductivityEvents.SOURCE, "rehearsal");
                return cells;
            }
            Cells cells = of(table, rows.get(0));
            for (Row row : rows) {
                for (int column = 0; column < size; column++) {
                    cells.told[column] |= !row.isNullAt(column);
                }
            }
            return cells;
        }

        void set(ColumnSpec column, Object value) {
            values[index(column)] = value;
        }

        /** Sets the value if the person's own rows tell it. */
        void tell(ColumnSpec column, Object value) {
            if (told[index(column)]) {
                set(column, value);
            }
        }

        private int index(ColumnSpec column) {
            return table.schema().fieldIndex(column.name());
        }

        Row row() {
            return RowFactory.create(values.clone());
        }
    }
}
