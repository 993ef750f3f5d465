package io.goodhart.landing.reference;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Requests by hour and weekend of the person's own clock, and by minute of the hour. */
final class Clock implements Serializable {
    private final SortedMap<Integer, Long> minutes = new TreeMap<>();
    private final Set<Integer> activeHours = new HashSet<>();
    private long night;
    private long weekend;
    private String zoneName = "UTC";
    private ZoneId zone = ZoneOffset.UTC;

    void add(Instant time, String timezone, long requests) {
        if (!timezone.equals(zoneName)) {
            zone = zone(timezone);
            zoneName = timezone;
        }
        ZonedDateTime local = time.atZone(zone);
        if (requests == 0) {
            return;
        }
        activeHours.add(local.getHour());
        minutes.merge(local.getMinute(), requests, Long::sum);
        if (local.getHour() < 6 || local.getHour() >= 22) {
            night += requests;
        }
        if (local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY) {
            weekend += requests;
        }
    }

    /** Returns the zone called {@code timezone}; UTC where nobody knows such a zone. */
    static ZoneId zone(String timezone) {
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException unknownName) {
            return ZoneOffset.UTC;
        }
    }

    long activeHours() {
        return activeHours.stream().mapToLong(hour -> 1L << hour).sum();
    }

    long nightRequests() {
        return night;
    }

    /** Returns rows of minute and requests. */
    Row[] minutes() {
        return minutes.entrySet().stream()
                .map(minute -> RowFactory.create(minute.getKey(), minute.getValue()))
                .toArray(Row[]::new);
    }

    long weekendRequests() {
        return weekend;
    }
}
