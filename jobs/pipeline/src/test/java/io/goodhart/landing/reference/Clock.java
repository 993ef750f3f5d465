package io.goodhart.landing.reference;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;

/** Requests by hour and weekend of the person's own clock, and by minute of the hour. */
final class Clock implements Serializable {
    private final long[] hours = new long[24];
    private final long[] minutes = new long[60];
    private long weekend;
    private String zoneName = "UTC";
    private ZoneId zone = ZoneOffset.UTC;

    void add(Instant time, String timezone, long requests) {
        if (!timezone.equals(zoneName)) {
            zone = zone(timezone);
            zoneName = timezone;
        }
        ZonedDateTime local = time.atZone(zone);
        hours[local.getHour()] += requests;
        minutes[local.getMinute()] += requests;
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

    Long[] hours() {
        return boxed(hours);
    }

    Long[] minutes() {
        return boxed(minutes);
    }

    long weekendRequests() {
        return weekend;
    }

    /** Spark's row encoder takes arrays of boxed values. */
    private static Long[] boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toArray(Long[]::new);
    }
}
