package io.goodhart.simulation;

import io.goodhart.simulation.Person.Absence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Which days people work, and what happened to the whole company. */
final class Calendar {
    /** ISO weekday on which the leaderboard and the adoption target are read: Friday. */
    static final int SNAPSHOT_DAY = 5;

    /** Tokens a person and week: what the cap allows, and what the minimum spend asks for. */
    static final long WEEKLY_CAP = 440_000_000;

    static final long WEEKLY_FLOOR = 110_000_000;

    private Calendar() {}

    static List<Absence> absences(SimulationSettings settings, int position, LookAlike lookAlike) {
        Draw draw = new Draw(settings.seed(), position, 0, "absences");
        LocalDate until = settings.until();
        List<Absence> absences = new ArrayList<>();
        if (lookAlike == LookAlike.LEAVE) {
            LocalDate back = until.minusDays(draw.between(9, 16));
            absences.add(new Absence(back.minusDays(draw.between(28, 45)), back.minusDays(1), "leave"));
        } else if (lookAlike == LookAlike.ONCALL) {
            LocalDate last = until.minusDays(draw.between(0, 6));
            for (int shift = 0; shift < settings.days(); shift += 21) {
                absences.add(0, new Absence(last.minusDays(shift + 6L), last.minusDays(shift), "on_call"));
            }
        } else if (draw.chance(Math.min(0.9, settings.days() / 200.0))) {
            LocalDate from = settings.from().plusDays(draw.between(0, settings.days()));
            absences.add(new Absence(from, from.plusDays(draw.between(0, 13)), draw.chance(0.7) ? "holiday" : "leave"));
        }
        return absences;
    }

    static boolean away(Person person, LocalDate day) {
        return person.away().stream().anyMatch(absence -> !absence.kind().equals("on_call") && absence.holds(day));
    }

    static boolean onCall(Person person, LocalDate day) {
        return person.away().stream().anyMatch(absence -> absence.kind().equals("on_call") && absence.holds(day));
    }

    /** Returns whether the day is one of the person's working days. */
    static boolean works(Person person, LocalDate day) {
        int weekday = day.getDayOfWeek().getValue();
        return weekday <= 5 && !person.freeDays().contains(weekday) && person.employed(day) && !away(person, day);
    }

    /** Returns the day on which one tool's new client made every request of that tool a quarter larger. */
    static LocalDate release(SimulationSettings settings) {
        return settings.from()
                .plusDays(settings.days() / 4
                        + new Draw(settings.seed(), 0, 0, "release").between(0, Math.max(1, settings.days() / 4)));
    }

    /** Returns the tool with the new client. */
    static Tool releasedTool(SimulationSettings settings) {
        return new Draw(settings.seed(), 1, 0, "release").oneOf(List.of(Tool.CURSOR, Tool.COPILOT));
    }

    /** Returns the days, one in each seven weeks, on which the telemetry of {@link #outageTool} lost most records. */
    static List<LocalDate> outages(SimulationSettings settings) {
        List<LocalDate> days = new ArrayList<>();
        for (int week = 0; 7 * week + 14 < settings.days(); week += 7) {
            int offset = new Draw(settings.seed(), week, 0, "outage").between(3, 45);
            LocalDate day = settings.from().plusDays(7L * week + offset);
            if (day.isBefore(settings.until().minusDays(2))) {
                days.add(day);
            }
        }
        return days;
    }

    static Tool outageTool(SimulationSettings settings) {
        return new Draw(settings.seed(), 2, 0, "outage").oneOf(List.of(Tool.CLAUDE_CODE, Tool.MESHCLAW));
    }
}
