package io.goodhart.landing;

import io.goodhart.tables.PersonDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** Requests by hour, night and weekend of the person's own clock, and by minute of the hour. */
final class Clock {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SATURDAY_AFTER_EPOCH = 2;

    private final long[] hours = new long[24];
    private final long[] minutes = new long[60];
    private long weekend;
    private ZoneRules rules;
    private boolean isSteady;
    private int offsetSeconds;
    private ZoneId lastZone;
    private int lastDay = Integer.MIN_VALUE;

    /** Forgets the day before, and counts the day's requests on the clock of {@code zone}. */
    void begin(int day, ZoneId zone) {
        Arrays.fill(hours, 0);
        Arrays.fill(minutes, 0);
        weekend = 0;
        if (day == lastDay && zone.equals(lastZone)) {
            return;
        }
        lastDay = day;
        lastZone = zone;
        rules = zone.getRules();
        Instant midnight =
                LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        offsetSeconds = rules.getOffset(midnight).getTotalSeconds();
        // a clock that is put forward or back within the day is asked for every event
        isSteady = rules.isFixedOffset()
                || rules.nextTransition(midnight) == null
                || !rules.nextTransition(midnight).getInstant().isBefore(midnight.plusSeconds(SECONDS_PER_DAY));
    }

    /** Counts requests at a time in microseconds since 1970. */
    void add(long micros, long requests) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        long local = seconds
                + (isSteady
                        ? offsetSeconds
                        : rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds());
        long day = Math.floorDiv(local, SECONDS_PER_DAY);
        int ofDay = (int) (local - day * SECONDS_PER_DAY);
        hours[ofDay / 3600] += requests;
        minutes[ofDay / 60 % 60] += requests;
        int sinceSaturday = Math.floorMod(day - SATURDAY_AFTER_EPOCH, 7);
        if (sinceSaturday < 2) {
            weekend += requests;
        }
    }

    /** Returns the hours with a request, as bits. */
    long activeHours() {
        long active = 0;
        for (int hour = 0; hour < hours.length; hour++) {
            active |= hours[hour] > 0 ? 1L << hour : 0;
        }
        return active;
    }

    long nightRequests() {
        long night = 0;
        for (int hour = 0; hour < hours.length; hour++) {
            night += hour >= PersonDays.NIGHT_BEGINS || hour < PersonDays.NIGHT_ENDS ? hours[hour] : 0;
        }
        return night;
    }

    /** Returns entries in the shape of {@code PersonDays.MINUTE}, sorted by minute. */
    GenericArrayData minutes() {
        List<InternalRow> entries = new ArrayList<>();
        for (int minute = 0; minute < minutes.length; minute++) {
            if (minutes[minute] > 0) {
                entries.add(new GenericInternalRow(new Object[] {minute, minutes[minute]}));
            }
        }
        return new GenericArrayData(entries.toArray());
    }

    long weekendRequests() {
        return weekend;
    }
}
