package io.goodhart.features;

import io.goodhart.tables.PersonDays;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Answers to the calendar of targets: whole weeks, bars, and the days on which a board is read. */
final class Calendar implements Serializable {
    /** How near a bar counts as sitting at it. */
    private static final double NEAR_BAR = 0.03;

    private static final int BARE_WEEK_REQUESTS = 2;
    private static final int REQUESTS = WindowTotals.SUMMED.indexOf(PersonDays.REQUESTS);
    private static final int TOKENS = WindowTotals.SUMMED.indexOf(PersonDays.TOTAL_TOKENS);

    private final List<Policy> policies;

    Calendar(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /**
     * Adds to {@code totals} what the calendar makes of the days from {@code start} to {@code end}.
     *
     * @param days the person's days, in order of date; those outside are passed over
     */
    void addTo(WindowTotals totals, List<PersonDay> days, LocalDate start, LocalDate end, String team, String org) {
        LocalDate week = null;
        double weekTokens = 0;
        double weekRequests = 0;
        double weekCost = 0;
        for (PersonDay day : days) {
            if (day.date().isBefore(start) || day.date().isAfter(end)) {
                continue;
            }
            boards(totals, day, team, org);
            LocalDate monday = monday(day.date());
            if (!monday.equals(week)) {
                endWeek(totals, week, start, end, weekTokens, weekRequests, weekCost, team, org);
                week = monday;
                weekTokens = 0;
                weekRequests = 0;
                weekCost = 0;
            }
            weekTokens += day.sum(TOKENS);
            weekRequests += day.sum(REQUESTS);
            weekCost += day.microDollars() / 1e6;
        }
        endWeek(totals, week, start, end, weekTokens, weekRequests, weekCost, team, org);
    }

    /** Returns the Monday of the ISO week of {@code date}. */
    static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void boards(WindowTotals totals, PersonDay day, String team, String org) {
        boolean onBoard = false;
        boolean aboutReading = false;
        for (Policy policy : policies) {
            if (policy.isWeeklyBoard() && policy.appliesOn(day.date(), team, org)) {
                onBoard = true;
                DayOfWeek reading = DayOfWeek.of(policy.snapshotDayOrNull());
                DayOfWeek weekday = day.date().getDayOfWeek();
                aboutReading |= weekday == reading || weekday == reading.minus(1);
            }
        }
        totals.boardTokens += onBoard ? day.sum(TOKENS) : 0;
        totals.snapshotTokens += aboutReading ? day.sum(TOKENS) : 0;
    }

    private void endWeek(
            WindowTotals totals,
            LocalDate week,
            LocalDate start,
            LocalDate end,
            double tokens,
            double requests,
            double cost,
            String team,
            String org) {
        boolean whole =
                week != null && !week.isBefore(start) && !week.plusDays(6).isAfter(end);
        if (!whole || requests <= 0) {
            return;
        }
        totals.wholeWeeks++;
        totals.bareWeeks += requests <= BARE_WEEK_REQUESTS ? 1 : 0;
        totals.barWeeks += isAtABar(week, tokens, requests, cost, team, org) ? 1 : 0;
        totals.wholeWeekTokens += tokens;
        totals.squaredWeekTokens += tokens * tokens;
    }

    private boolean isAtABar(LocalDate week, double tokens, double requests, double cost, String team, String org) {
        for (Policy policy : policies) {
            if (policy.isPersonalWeeklyBar() && policy.appliesOn(week, team, org)) {
                double bar = policy.thresholdOrNull();
                double reached = switch (policy.metricOrNull()) {
                    case "total_tokens" -> tokens;
                    case "requests" -> requests;
                    default -> cost;
                };
                if (Math.abs(reached - bar) <= NEAR_BAR * bar) {
                    return true;
                }
            }
        }
        return false;
    }
}
