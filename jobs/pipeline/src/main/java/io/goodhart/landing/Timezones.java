package io.goodhart.landing;

import io.goodhart.tables.People;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/** On whose clock whose hours are counted. As many entries as people, some hundred bytes each: it travels to every task that lands a day. */
public final class Timezones implements Serializable {
    private static final long serialVersionUID = 1;
    private static final UTF8String UTC = UTF8String.fromString("UTC");

    private final Map<UTF8String, UTF8String> byPerson = new HashMap<>();

    private Timezones() {}

    /** Reads them from rows of {@code people}. */
    public static Timezones of(Dataset<Row> people) {
        Timezones timezones = new Timezones();
        people.select(People.PERSON_ID.col(), People.TIMEZONE.col())
                .where(People.TIMEZONE.col().isNotNull())
                .collectAsList()
                .forEach(person -> timezones.byPerson.put(
                        UTF8String.fromString(person.getString(0)), UTF8String.fromString(person.getString(1))));
        return timezones;
    }

    /** Returns the name of a person's timezone as {@code people} tells it; UTC where it tells none. */
    public UTF8String of(UTF8String person) {
        return byPerson.getOrDefault(person, UTC);
    }
}
