package io.goodhart.features;

import io.goodhart.tables.People;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * A person with all days that were read of them.
 *
 * @param id pseudonym
 * @param role role; {@link People#UNKNOWN} where the person is not among {@code people}, as are team and organisation
 * @param zone the person's own clock; UTC where nobody tells of one
 * @param startOrNull first day employed; null: long ago
 * @param endOrNull last day employed; null: still employed
 * @param fte share of a full week in the person's contract; outside (0, 1], which no contract is, a full week
 * @param absences when the person was away or on call
 * @param days in order of date, at most one a date
 */
record Person(
        String id,
        String role,
        String team,
        String org,
        ZoneId zone,
        LocalDate startOrNull,
        LocalDate endOrNull,
        double fte,
        List<Absence> absences,
        List<PersonDay> days) {

    /** On how many days a week a full contract has a person work. */
    static final int FULL_WEEK = 5;

    /** Returns the days from {@code first} to {@code last}. */
    List<PersonDay> days(LocalDate first, LocalDate last) {
        return days.subList(daysBefore(first), daysBefore(last.plusDays(1)));
    }

    private int daysBefore(LocalDate date) {
        int low = 0;
        int high = days.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (days.get(middle).date().isBefore(date)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns whether the person was on leave or on holiday. */
    boolean isAway(LocalDate date) {
        return absences.stream().anyMatch(absence -> !absence.onCall() && absence.holds(date));
    }

    /** Returns whether the person was on call on {@code date}, a UTC date, or had been until that morning. */
    boolean isOnCall(LocalDate date) {
        return absences.stream().anyMatch(absence -> absence.isDutyOn(date, zone));
    }

    /** Returns on how many days a week the contract has the person work. */
    int workingDays() {
        return fte > 0 && fte <= 1 ? (int) Math.max(1, Math.ceil(FULL_WEEK * fte - 1e-9)) : FULL_WEEK;
    }
}
