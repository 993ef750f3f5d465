package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.failures.Messages;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Injection;
import io.goodhart.simulation.PlainRows;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Who plays in a rehearsal: honest people with events of their own, a few for each behaviour. */
final class Casts {
    private static final double UNREMARKABLE_P_VALUE = 0.1;
    private static final long LEAST_REQUESTS = 20;

    /** A ring of one merges nobody's work and shares its prompts with nobody. */
    private static final int LEAST_RING = 2;

    private final Warehouse warehouse;
    private final CheckedInput checked;
    private final long seed;

    Casts(Warehouse warehouse, CheckedInput checked, long seed) {
        this.warehouse = warehouse;
        this.checked = checked;
        this.seed = seed;
    }

    /** People who play one behaviour. */
    record Cast(Behaviour behaviour, List<Injection.Subject> people) {}

    /**
     * Chooses who plays, by hash, among people with a verdict and nothing unusual about them, of whom nothing was announced and nothing
     * decided (whoever stands outside a night's rule is never found), and reads their events: as many people as behaviours times
     * {@code peopleEach}.
     *
     * @param days those whose events are read
     * @return one cast a behaviour, but for a ring of fewer than two
     * @throws io.goodhart.failures.Failure.InputNotThere if fewer people than behaviours may play
     */
    List<Cast> of(List<Behaviour> played, int peopleEach, Set<LocalDate> days, LocalDate runDate) {
        String[] person = {PersonDays.PERSON_ID.name()};
        Dataset<Row> requestGrain = warehouse
                .read(PersonDays.CONTRACT, days)
                .where(PersonDays.GAPS.col().isNotNull())
                .groupBy(PersonDays.PERSON_ID.col())
                .agg(sum(PersonDays.REQUESTS.col()).as("own_requests"))
                .where(col("own_requests").geq(LEAST_REQUESTS));
        int needed = played.size() * peopleEach;
        List<String> chosen = warehouse
                .read(UsageScores.CONTRACT, runDate)
                .where(UsageScores.P_VALUE.col().gt(UNREMARKABLE_P_VALUE))
                .join(
                        warehouse
                                .read(PersonWindows.CONTRACT, runDate)
                                .where(PersonWindows.OUTCOMES.col().gt(0)),
                        person,
                        "left_semi")
                .join(requestGrain, person, "left_semi")
                .join(checked.dimension(DeclaredWorkloads.CONTRACT).rows(), person, "left_anti")
                .join(checked.dimension(Dispositions.CONTRACT).rows(), person, "left_anti")
                .select(UsageScores.PERSON_ID.col())
                .orderBy(xxhash64(UsageScores.PERSON_ID.col(), lit(seed)), UsageScores.PERSON_ID.col())
                .limit(needed)
                .as(Encoders.STRING())
                .collectAsList();
        if (chosen.size() < played.size()) {
            throw Messages.nobodyToRehearseWith(runDate);
        }
        Set<String> all = Set.copyOf(chosen);
        Map<String, List<Row>> usage = byPerson(UsageEvents.CONTRACT, days, all);
        Map<String, List<Row>> outcomes = byPerson(ProductivityEvents.CONTRACT, days, all);
        Map<String, List<Row>> actions = byPerson(AgentActions.CONTRACT, days, all);
        Map<String, String> clocks = new HashMap<>();
        checked.dimension(People.CONTRACT)
                .rows()
                .where(NamedPeople.among(all, People.PERSON_ID.col())
                        .and(People.TIMEZONE.col().isNotNull()))
                .select(People.PERSON_ID.col(), People.TIMEZONE.col())
                .collectAsList()
                .forEach(row -> clocks.put(row.getString(0), row.getString(1)));
        Map<Behaviour, List<Injection.Subject>> casts = new LinkedHashMap<>();
        for (int next = 0; next < chosen.size(); next++) {
            String id = chosen.get(next);
            casts.computeIfAbsent(played.get(next % played.size()), absent -> new ArrayList<>())
                    .add(new Injection.Subject(
                            id,
                            People.zone(clocks.getOrDefault(id, "UTC")),
                            new Injection.Events(
                                    usage.getOrDefault(id, List.of()),
                                    outcomes.getOrDefault(id, List.of()),
                                    actions.getOrDefault(id, List.of()))));
        }
        return casts.entrySet().stream()
                .map(cast -> new Cast(cast.getKey(), cast.getValue()))
                .filter(cast -> cast.behaviour() != Behaviour.COLLUSIVE_RING
                        || cast.people().size() >= LEAST_RING)
                .toList();
    }

    private Map<String, List<Row>> byPerson(TableContract table, Set<LocalDate> days, Set<String> people) {
        int person = table.schema().fieldIndex(UsageEvents.PERSON_ID.name());
        // the players' own events: as many people as behaviours times people each
        return checked
                .usedBy(table, days, people)
                .select(PlainRows.withNumbers(table.schema()))
                .orderBy(UsageEvents.EVENT_TIME.col(), UsageEvents.EVENT_ID.col(), UsageEvents.SOURCE.col())
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(row -> row.getString(person)));
    }
}
