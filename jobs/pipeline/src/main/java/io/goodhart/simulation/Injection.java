package io.goodhart.simulation;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A behaviour played out in copies of real people's events: what these people would have left, had they gamed from a day on.
 *
 * <p>Counts of requests are those of {@link Behaviour}; their size follows the company's middling request, and tools, models, hours and
 * whatever the sources tell follow each person's own events.
 *
 * @param behaviour what is played
 * @param volume scales what gaming adds: 1 is loud, 0.5 half, 0.25 a quarter
 * @param from first gamed day
 * @param until last day
 * @param seed the same arguments give the same events
 * @param company what gaming adjusts itself to
 */
public record Injection(
        Behaviour behaviour, double volume, LocalDate from, LocalDate until, long seed, RealCompany company) {

    /** Events of the three event tables, in the shape of {@link PlainRows}. */
    public record Events(List<Row> usage, List<Row> outcomes, List<Row> actions) implements Serializable {
        public Events {
            usage = List.copyOf(usage);
            outcomes = List.copyOf(outcomes);
            actions = List.copyOf(actions);
        }
    }

    /**
     * One real person.
     *
     * @param zone their own clock
     * @param events all of theirs from {@code from} to {@code until}, at least one request among them
     */
    public record Subject(String personId, ZoneId zone, Events events) {}

    /** Returns all events that the people would have left; of a behaviour that takes several, they are in it together. */
    public Events into(List<Subject> people) {
        List<Row> usage = new ArrayList<>();
        List<Row> outcomes = new ArrayList<>();
        List<Row> actions = new ArrayList<>();
        List<String> ids = people.stream().map(Subject::personId).toList();
        for (int position = 0; position < people.size(); position++) {
            Events gamed = new RealPerson(this, people.get(position), position, ids).gamed();
            usage.addAll(gamed.usage());
            outcomes.addAll(gamed.outcomes());
            actions.addAll(gamed.actions());
        }
        return new Events(usage, outcomes, actions);
    }
}
