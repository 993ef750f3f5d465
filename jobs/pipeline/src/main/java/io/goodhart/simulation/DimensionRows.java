package io.goodhart.simulation;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of the small tables and of truth, values in the order of the contract's columns; dates are day numbers here. */
final class DimensionRows implements Serializable {
    private final SimulationSettings settings;

    DimensionRows(SimulationSettings settings) {
        this.settings = settings;
    }

    Row person(Person person) {
        return RowFactory.create(
                person.id(),
                person.role().id,
                person.teamId(),
                person.orgId(),
                person.level(),
                Person.id(settings, person.manager()),
                person.zone().getId(),
                person.fte(),
                person.level() == 3 && person.position() % 3 == 0 ? "contractor" : "human",
                number(person.start()),
                null);
    }

    List<Row> absences(Person person) {
        return person.away().stream()
                .map(absence ->
                        RowFactory.create(person.id(), number(absence.from()), number(absence.to()), absence.kind()))
                .toList();
    }

    List<Row> declaredWorkloads(Person person) {
        return person.lookAlike().declared()
                ? List.of(RowFactory.create(
                        person.id(),
                        person.lookAlike() == LookAlike.EVAL_OWNER ? "evaluation" : "batch",
                        number(settings.from()),
                        null,
                        person.lookAlike() == LookAlike.EVAL_OWNER
                                ? "owns the nightly evaluation suite"
                                : "owns the nightly batch of summaries"))
                : List.of();
    }

    /**
     * Returns the person's row of truth. What they wasted is summed over the 28 UTC days that end on the last one, each record once:
     * tokens of requests that only gaming explains, and their list price; where gaming made an honest request dearer, the difference.
     */
    Row truth(Person person) {
        long tokens = 0;
        long microdollars = 0;
        if (person.gaming() != null) {
            Delivery delivery = new Delivery(settings);
            LocalDate first = settings.until().minusDays(27);
            for (LocalDate date = first.minusDays(1);
                    !date.isAfter(settings.until().plusDays(1));
                    date = date.plusDays(1)) {
                PersonDay day = PersonDay.of(settings, person, date);
                for (Request request : day.requests) {
                    boolean counts = delivery.within(request.micros)
                            && !Days.of(request.micros).isBefore(first)
                            && delivery.copies(day, request) > 0;
                    tokens += counts ? request.wastedTokens : 0;
                    microdollars += counts ? request.wastedMicrodollars : 0;
                }
            }
        }
        return RowFactory.create(
                person.id(),
                person.gaming() == null
                        ? person.lookAlike().truth()
                        : person.gaming().behaviour().id(),
                person.gaming() == null ? null : number(person.gaming().from()),
                tokens,
                BigDecimal.valueOf(microdollars, 6));
    }

    List<Row> policyEvents() {
        LocalDate mid = settings.from().plusDays(settings.days() / 4);
        List<Row> rows = new ArrayList<>();
        rows.add(policy("target-80", "adoption_target", mid, "company", "weekly_active_share", 0.8, "week"));
        rows.add(policy("board", "leaderboard", mid, "company", "total_tokens", null, "week"));
        rows.add(policy("cap", "token_cap", mid, "person", "total_tokens", (double) Calendar.WEEKLY_CAP, "week"));
        rows.add(policy(
                "floor", "adoption_target", mid, "person", "total_tokens", (double) Calendar.WEEKLY_FLOOR, "week"));
        rows.add(policy("client", "client_release", Calendar.release(settings), "company", null, null, null));
        for (LocalDate day : Calendar.outages(settings)) {
            rows.add(RowFactory.create(
                    "outage-" + day, "outage", number(day), number(day), "company", null, null, null, null));
        }
        return rows;
    }

    private static Row policy(
            String id, String kind, LocalDate from, String scope, String metric, Double threshold, String period) {
        return RowFactory.create(
                id,
                kind,
                number(from),
                null,
                scope,
                metric,
                threshold,
                period,
                period == null ? null : scope.equals("person") ? 7 : Calendar.SNAPSHOT_DAY);
    }

    List<Row> modelPrices() {
        return AiModel.ALL.stream()
                .map(model -> RowFactory.create(
                        model.id,
                        number(settings.from().minusDays(200)),
                        model.tier,
                        usd(model.input),
                        usd(model.cacheRead),
                        usd(model.cacheWrite),
                        usd(model.output)))
                .toList();
    }

    private static BigDecimal usd(double dollars) {
        return BigDecimal.valueOf(Math.round(dollars * 1_000_000), 6);
    }

    private static int number(LocalDate date) {
        return (int) date.toEpochDay();
    }
}
