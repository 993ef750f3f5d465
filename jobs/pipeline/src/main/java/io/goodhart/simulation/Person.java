package io.goodhart.simulation;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * One person, or one account that nobody has mapped to a person.
 *
 * @param position from 0; those from {@code people} on are unmapped accounts
 * @param id pseudonym
 * @param gaming what they game; null: nothing
 * @param freeDays ISO weekdays on which they never work
 * @param away their absences, in order
 */
record Person(
        int position,
        String id,
        Role role,
        int team,
        int level,
        ZoneId zone,
        double fte,
        LocalDate start,
        LookAlike lookAlike,
        Gaming gaming,
        Habits habits,
        List<Integer> freeDays,
        List<Absence> away) {
    private static final int TEAM_SIZE = 8;
    private static final int TEAMS_AN_ORGANISATION = 5;
    private static final List<String> ZONES =
            List.of("America/Los_Angeles", "America/New_York", "Europe/Dublin", "Europe/Berlin", "Asia/Kolkata");

    /** A stretch of days away or on call, both ends included. */
    record Absence(LocalDate from, LocalDate to, String kind) {
        boolean holds(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    static Person of(SimulationSettings settings, Casting casting, int position) {
        Draw draw = new Draw(settings.seed(), position, 0, "person");
        LookAlike lookAlike = casting.lookAlike(position);
        Gaming gaming = casting.gaming(position);
        int team = position / TEAM_SIZE;
        Role role = switch (lookAlike) {
            case WRITER -> draw.chance(0.5) ? Role.WRITER : Role.PRODUCT;
            case ORDINARY -> Role.drawn(draw, gaming != null && gaming.behaviour().engineers);
            default -> Role.drawn(draw, true);
        };
        int home = new Draw(settings.seed(), team, 0, "team").between(0, ZONES.size() - 1);
        ZoneId zone = ZoneId.of(draw.chance(0.8) ? ZONES.get(home) : draw.oneOf(ZONES));
        double fte = lookAlike == LookAlike.PART_TIME || draw.chance(0.05) ? draw.oneOf(List.of(0.4, 0.6, 0.8)) : 1;
        LocalDate start = lookAlike == LookAlike.NEW_HIRE
                ? settings.until().minusDays(draw.between(16, 40))
                : settings.until().minusDays(draw.chance(0.03) ? draw.between(30, 110) : draw.between(120, 3000));
        int level = draw.between(3, 7);
        Habits habits =
                Habits.of(draw, role, lookAlike, gaming != null && gaming.behaviour() == Behaviour.THRESHOLD_SITTING);
        List<Integer> freeDays = fte == 0.4 ? List.of(3, 4, 5) : fte == 0.6 ? List.of(1, 2) : List.of(5);
        return new Person(
                position,
                id(settings, position),
                role,
                team,
                level,
                zone,
                fte,
                start,
                lookAlike,
                gaming,
                habits,
                fte < 1 ? freeDays : List.of(),
                Calendar.absences(settings, position, lookAlike));
    }

    /** Returns the pseudonym: eight digits that differ for all people of a company. */
    static String id(SimulationSettings settings, int position) {
        int mixed = position ^ (int) Draw.hash(settings.seed(), 17);
        mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        mixed ^= mixed >>> 16;
        return String.format(Locale.ROOT, "p%08x", mixed);
    }

    String teamId() {
        return "team-" + team;
    }

    String orgId() {
        return "org-" + team / TEAMS_AN_ORGANISATION;
    }

    /** Returns the position of the team's manager: its first member; of that one, the organisation's first. */
    int manager() {
        int first = team * TEAM_SIZE;
        return position == first ? first - first % (TEAM_SIZE * TEAMS_AN_ORGANISATION) : first;
    }

    /** Returns a colleague of the same team, drawn; themselves where there is no other. */
    int teammate(SimulationSettings settings, Draw draw) {
        int first = team * TEAM_SIZE;
        int size = Math.min(TEAM_SIZE, settings.people() - first);
        return size < 2 || position >= settings.people()
                ? position
                : first + (position - first + draw.between(1, size - 1)) % size;
    }

    boolean employed(LocalDate day) {
        return !day.isBefore(start);
    }

    boolean gamesOn(LocalDate day) {
        return gaming != null && !day.isBefore(gaming.from());
    }
}
