package io.goodhart.features;

import io.goodhart.features.Policy.Period;
import io.goodhart.tables.PersonDays;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers to the calendar of targets: whole weeks and months, bars, and the days on which a board is read. */
final class Calendar implements Serializable {
    /** How near a bar counts as sitting at it. */
    private static final double NEAR_BAR = 0.03;

    /** How many months, the last ones that end by the window's end, are held against monthly bars. */
    private static final int MONTHS = 3;

    private static final int BARE_WEEK_REQUESTS = 2;

    /** How many whole weeks, the last ones that end by the window's end, are held against weekly bars beside those of the window. */
    private static final int RECENT_WEEKS = 8;

    private static final int REQUESTS = WindowTotals.place(PersonDays.REQUESTS);
    private static final int TOKENS = WindowTotals.place(PersonDays.TOTAL_TOKENS);

    private final List<Policy> policies;

    Calendar(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** What a person used in a week or a month. */
    private static final class Used {
        private double tokens;
        private double requests;
        private double cost;
        private int activeDays;
        private int lastActiveWeekday;
        private boolean requestsUntold;

        void add(PersonDay day) {
            requestsUntold |= day.isRequestsUntold();
            tokens += day.sum(TOKENS);
            requests += day.sum(REQUESTS);
            cost += day.microDollars() / 1e6;
            if (day.sum(REQUESTS) > 0) {
                activeDays++;
                lastActiveWeekday = day.date().getDayOfWeek().getValue();
            }
        }

        double of(String metric) {
            return switch (metric) {
                case "total_tokens" -> tokens;
                case "requests" -> requests;
                default -> cost;
            };
        }
    }

    /**
     * Adds to {@code totals} what the calendar makes of the days from {@code start} to {@code end}.
     *
     * @param person whose days outside are passed over, but for months that begin before the window
     * @param known the first day that the person's days reach back to: a month that began before it is not known
     */
    void addTo(WindowTotals totals, Person person, LocalDate known, LocalDate start, LocalDate end) {
        LocalDate week = null;
        Used used = new Used();
        for (PersonDay day : person.days(start, end)) {
            LocalDate monday = day.week();
            if (!monday.equals(week)) {
                endWeek(totals, week, start, end, used, person);
                week = monday;
                used = new Used();
            }
            used.add(day);
            boards(totals, day, person.team(), person.org());
        }
        endWeek(totals, week, start, end, used, person);
        recentWeeks(totals, person, known, end);
        months(totals, person, known, end);
    }

    /** Returns the Monday of the ISO week of {@code date}. */
    static LocalDate monday(LocalDate date) {
        return date.minusDays(date.getDayOfWeek().getValue() - 1L);
    }

    private void boards(WindowTotals totals, PersonDay day, String team, String org) {
        boolean onBoard = false;
        boolean aboutReading = false;
        for (Policy policy : policies) {
            if (policy.isBoard() && policy.appliesOn(day.date(), team, org)) {
                onBoard = true;
                aboutReading |= policy.isReadOn(day.date())
                        || policy.isReadOn(day.date().plusDays(1));
            }
        }
        totals.boardTokens += onBoard ? day.sum(TOKENS) : 0;
        totals.snapshotTokens += aboutReading ? day.sum(TOKENS) : 0;
        boolean active = day.sum(REQUESTS) > 0;
        totals.boardDays += onBoard && active ? 1 : 0;
        totals.snapshotDays += aboutReading && active ? 1 : 0;
        if (onBoard) {
            totals.snapshotTokensADay.add(aboutReading, (double) day.sum(TOKENS));
            totals.snapshotRequestsADay.add(aboutReading, (double) day.sum(REQUESTS));
        }
    }

    private void endWeek(
            WindowTotals totals, LocalDate week, LocalDate start, LocalDate end, Used used, Person person) {
        boolean whole =
                week != null && !week.isBefore(start) && !week.plusDays(6).isAfter(end);
        if (!whole || used.requests <= 0) {
            return;
        }
        totals.wholeWeeks++;
        boolean bare = used.requests <= BARE_WEEK_REQUESTS && used.activeDays == 1 && !used.requestsUntold;
        if (bare && !isExcusedIn(week, person)) {
            totals.bareWeeksOn[used.lastActiveWeekday - 1]++;
        }
        double apart = fromBar(Period.WEEK, week, used, person.team(), person.org());
        totals.barWeeks += apart <= NEAR_BAR ? 1 : 0;
        totals.barCloseness += Math.max(0, 1 - apart / NEAR_BAR);
        totals.wholeWeekTokens += used.tokens;
        totals.squaredWeekTokens += used.tokens * used.tokens;
    }

    /** Returns whether few requests of a week are no sitting: of who works one day, or had leave or a holiday on a working day. */
    private static boolean isExcusedIn(LocalDate monday, Person person) {
        return person.workingDays() == 1
                || monday.datesUntil(monday.plusDays(5)).anyMatch(person::isAway);
    }

    private void months(WindowTotals totals, Person person, LocalDate known, LocalDate end) {
        if (policies.stream().noneMatch(policy -> policy.isPersonalBar(Period.MONTH))) {
            return;
        }
        YearMonth last = YearMonth.from(end.plusDays(1)).minusMonths(1);
        for (int back = 0; back < MONTHS; back++) {
            YearMonth month = last.minusMonths(back);
            Used used = new Used();
            person.days(month.atDay(1), month.atEndOfMonth()).forEach(used::add);
            if (!month.atDay(1).isBefore(known) && used.requests > 0) {
                totals.wholeMonths++;
                totals.barMonths +=
                        fromBar(Period.MONTH, month.atDay(1), used, person.team(), person.org()) <= NEAR_BAR ? 1 : 0;
            }
        }
    }

    private void recentWeeks(WindowTotals totals, Person person, LocalDate known, LocalDate end) {
        if (policies.stream().noneMatch(policy -> policy.isPersonalBar(Period.WEEK))) {
            return;
        }
        LocalDate until = monday(end.plusDays(1));
        LocalDate first = until.minusWeeks(RECENT_WEEKS);
        Map<LocalDate, Used> weeks = new TreeMap<>();
        person.days(first, until.minusDays(1))
                .forEach(day ->
                        weeks.computeIfAbsent(day.week(), monday -> new Used()).add(day));
        weeks.forEach((monday, used) -> {
            if (!monday.isBefore(known) && used.requests > 0) {
                totals.recentWeeks++;
                totals.recentBarWeeks +=
                        fromBar(Period.WEEK, monday, used, person.team(), person.org()) <= NEAR_BAR ? 1 : 0;
            }
        });
    }

    /** Returns how far from the nearest bar, as a share of it. */
    private double fromBar(Period period, LocalDate begins, Used used, String team, String org) {
        double nearest = Double.POSITIVE_INFINITY;
        for (Policy policy : policies) {
            if (policy.isPersonalBar(period) && policy.appliesOn(begins, team, org)) {
                double bar = policy.thresholdOrNull();
                nearest = Math.min(nearest, Math.abs(used.of(policy.metricOrNull()) - bar) / bar);
            }
        }
        return nearest;
    }
}
