package io.goodhart.simulation;

import java.io.Serializable;

/** How records arrive: most once, some two or three times, few or none where a tool's telemetry was out. */
final class Delivery implements Serializable {
    private static final double REPEATED_SHARE = 0.025;
    private static final double LOST_SHARE = 0.8;

    private final SimulationSettings settings;

    Delivery(SimulationSettings settings) {
        this.settings = settings;
    }

    /** Returns how often the record of {@code request} arrives: 0 where it was lost in an outage. */
    int copies(PersonDay day, Request request) {
        Draw draw = new Draw(settings.seed(), day.person.position(), request.micros + request.fingerprint, "delivery");
        if (request.tool == Calendar.outageTool(settings)
                && Calendar.outages(settings).contains(Days.of(request.micros))
                && draw.chance(LOST_SHARE)) {
            return 0;
        }
        return draw.chance(REPEATED_SHARE) ? draw.between(2, 3) : 1;
    }

    /** Returns whether the record stands within the company's days. */
    boolean within(long micros) {
        var date = Days.of(micros);
        return !date.isBefore(settings.from()) && !date.isAfter(settings.until());
    }
}
