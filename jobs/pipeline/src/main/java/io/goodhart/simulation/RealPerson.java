package io.goodhart.simulation;

import io.goodhart.simulation.GamedRows.Seen;
import io.goodhart.simulation.Injection.Events;
import io.goodhart.simulation.Injection.Subject;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageEvents;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A real person while gaming is played in a copy of their events. Their own events stand in the days that gaming works on as stand-ins;
 * what stays untouched leaves as the row it was.
 */
final class RealPerson {
    private static final double SECONDS_AN_HOUR = 3_600.0;

    private final Injection injection;
    private final Subject subject;
    private final int position;
    private final SimulationSettings settings;
    private final Person person;
    private final IdentityHashMap<Request, Seen> requests = new IdentityHashMap<>();
    private final IdentityHashMap<Outcome, Row> outcomes = new IdentityHashMap<>();
    private final IdentityHashMap<Action, Row> actions = new IdentityHashMap<>();
    private final GamedRows rows;

    RealPerson(Injection injection, Subject subject, int position, List<String> ids) {
        this.injection = injection;
        this.subject = subject;
        this.position = position;
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
        this.rows = new GamedRows(injection, subject, position, ids, others, costOverList());
    }

    /** Returns all events that the person would have left. */
    Events gamed() {
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
            for (Request request : day.requests) {
                Seen own = requests.get(request);
                addTo(usage, own == null ? rows.added(day, request) : rows.own(own, request));
            }
            for (Outcome outcome : day.outcomes) {
                Row own = outcomes.get(outcome);
                addTo(made, own == null ? rows.addedOrNull(outcome) : own);
            }
            for (Action action : day.actions) {
                Row own = actions.get(action);
                addTo(done, own == null ? rows.added(action) : own);
            }
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
            long micros = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.EVENT_TIME);
            if (on(date, micros)) {
                Request request = standIn(row, micros);
                requests.put(request, new Seen(row, request.model, request.cacheRead, request.price()));
                day.requests.add(request);
            }
        }
        for (Row row : subject.events().outcomes()) {
            long micros = Cells.number(row, ProductivityEvents.CONTRACT, ProductivityEvents.EVENT_TIME);
            if (on(date, micros)) {
                String id = Cells.text(row, ProductivityEvents.CONTRACT, ProductivityEvents.EVENT_ID);
                String kind = Cells.text(row, ProductivityEvents.CONTRACT, ProductivityEvents.KIND);
                Outcome outcome = new Outcome(micros, position, kind, -1, -1, false, id, -1, false, false);
                outcomes.put(outcome, row);
                day.outcomes.add(outcome);
            }
        }
        for (Row row : subject.events().actions()) {
            long micros = Cells.number(row, AgentActions.CONTRACT, AgentActions.EVENT_TIME);
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
        boolean dearest = Cells.text(row, UsageEvents.CONTRACT, UsageEvents.MODEL)
                .equals(injection.company().dearest());
        request.with(Tool.CLAUDE_CODE, dearest ? AiModel.EPIC : AiModel.SONG);
        request.input = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.INPUT_TOKENS);
        request.cacheRead = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.CACHE_READ_TOKENS);
        request.cacheWrite = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.CACHE_WRITE_TOKENS);
        request.output = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.OUTPUT_TOKENS);
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
            long micros = Cells.number(row, UsageEvents.CONTRACT, UsageEvents.EVENT_TIME);
            Request request = standIn(row, micros);
            tokens.add((double) request.tokens());
            hours.add(moment(micros).atZone(subject.zone()).toLocalTime().toSecondOfDay() / SECONDS_AN_HOUR);
            all += request.tokens();
            cached += request.cacheRead;
            output += request.output;
            agents += "agent".equals(Cells.text(row, UsageEvents.CONTRACT, UsageEvents.INITIATOR)) ? 1 : 0;
        }
        for (Row row : subject.events().outcomes()) {
            long changed = Cells.number(row, ProductivityEvents.CONTRACT, ProductivityEvents.LINES_ADDED);
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
            Object cost = Cells.value(row, UsageEvents.CONTRACT, UsageEvents.COST_USD);
            if (cost != null) {
                told += ((BigDecimal) cost).doubleValue();
                list += standIn(row, 0).price() / 1e6;
            }
        }
        return list > 0 ? told / list : Double.NaN;
    }
}
