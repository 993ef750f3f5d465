package io.goodhart.simulation;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of the three event tables that a person's day leaves, values in the order of the contract's columns. Times are microseconds
 * and dates day numbers here; {@link Simulation} turns them into the contract's types.
 */
final class EventRows implements Serializable {
    private final SimulationSettings settings;
    private final Casting casting;
    private final Delivery delivery;

    EventRows(SimulationSettings settings, Casting casting) {
        this.settings = settings;
        this.casting = casting;
        this.delivery = new Delivery(settings);
    }

    List<Row> usage(PersonDay day) {
        List<Row> rows = new ArrayList<>();
        Person person = day.person;
        boolean mapped = person.position() < settings.people();
        String prefix = idPrefix(day, 'u');
        String repository = "repo-" + person.team() + (day.day.toEpochDay() % 3 == 0 ? "b" : "a");
        String task = "T" + person.team() + "-" + (day.day.toEpochDay() + 5L * person.position()) / 4;
        int number = 0;
        for (Request request : day.requests) {
            String id = prefix + Integer.toString(number++, 36);
            if (!delivery.within(request.micros)) {
                continue;
            }
            int copies = delivery.copies(day, request);
            for (int copy = 0; copy < copies; copy++) {
                boolean lostPerson = copy == 1 && request.fingerprint % 4 == 0;
                rows.add(usageRow(
                        request,
                        id,
                        mapped && !lostPerson ? person.id() : null,
                        request.tool == Tool.DESK ? null : repository,
                        task));
            }
        }
        return rows;
    }

    private static Row usageRow(Request request, String id, String personId, String repository, String task) {
        boolean lines = request.tool.countsLines;
        return RowFactory.create(
                id,
                request.micros,
                personId,
                request.tool.source,
                request.tool.surface,
                request.model.id,
                request.session,
                request.initiator,
                1,
                request.input,
                request.cacheRead,
                request.cacheWrite,
                request.output,
                request.tool.bills ? BigDecimal.valueOf(request.price(), 6) : null,
                request.fingerprint,
                request.promptChars,
                lines ? request.suggested : null,
                lines ? request.accepted : null,
                request.status,
                request.credential,
                repository,
                repository == null ? null : task,
                (int) Days.number(request.micros));
    }

    List<Row> outcomes(PersonDay day) {
        List<Row> rows = new ArrayList<>();
        if (day.person.position() >= settings.people()) {
            return rows;
        }
        String prefix = idPrefix(day, 'o');
        int number = 0;
        for (Outcome outcome : day.outcomes) {
            String id = prefix + Integer.toString(number++, 36);
            if (delivery.within(outcome.micros()) && present(outcome, day)) {
                rows.add(outcomeRow(outcome, id, day.person));
            }
        }
        return rows;
    }

    /** Returns whether the author, if a colleague, was there to do it: nobody reviews before their first day or on leave. */
    private boolean present(Outcome outcome, PersonDay day) {
        if (outcome.author() == day.person.position()) {
            return day.person.employed(Days.of(outcome.micros()));
        }
        Person colleague = Person.of(settings, casting, outcome.author());
        return colleague.employed(day.day) && !Calendar.away(colleague, day.day);
    }

    private Row outcomeRow(Outcome outcome, String id, Person person) {
        boolean code = outcome.linesAdded() >= 0;
        return RowFactory.create(
                id,
                outcome.micros(),
                Person.id(settings, outcome.author()),
                "forge",
                outcome.kind(),
                code ? outcome.linesAdded() : null,
                code ? outcome.linesDeleted() : null,
                code ? outcome.reverted() : null,
                outcome.subject(),
                outcome.counterpart() < 0 ? null : Person.id(settings, outcome.counterpart()),
                outcome.kind().equals("pull_request_merged") ? outcome.selfMerged() : null,
                "repo-" + person.team() + "a",
                null,
                outcome.aiAssisted(),
                (int) Days.number(outcome.micros()));
    }

    List<Row> actions(PersonDay day) {
        List<Row> rows = new ArrayList<>();
        if (day.person.position() >= settings.people()) {
            return rows;
        }
        String prefix = idPrefix(day, 'a');
        int number = 0;
        for (Action action : day.actions) {
            String id = prefix + Integer.toString(number++, 36);
            if (delivery.within(action.micros())) {
                rows.add(RowFactory.create(
                        id,
                        action.micros(),
                        day.person.id(),
                        action.tool().source,
                        action.session(),
                        action.action(),
                        action.approval(),
                        action.environment(),
                        action.succeeded(),
                        action.rolledBack(),
                        (int) Days.number(action.micros())));
            }
        }
        return rows;
    }

    private String idPrefix(PersonDay day, char table) {
        return table + Integer.toString(day.person.position(), 36) + "-" + Long.toString(day.day.toEpochDay(), 36)
                + "-";
    }
}
