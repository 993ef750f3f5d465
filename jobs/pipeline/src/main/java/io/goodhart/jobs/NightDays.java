package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.session.Settings;
import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * The days that a night is about.
 *
 * @param runDate the last day of the window
 * @param windowStart its first day
 * @param baselineStart the first day that people are compared with
 * @param historyFrom the first day that is landed, checked and read
 */
record NightDays(LocalDate runDate, LocalDate windowStart, LocalDate baselineStart, LocalDate historyFrom) {

    static NightDays of(LocalDate runDate, Settings.Windows windows) {
        LocalDate windowStart = runDate.minusDays(windows.windowDays() - 1L);
        return new NightDays(
                runDate,
                windowStart,
                windowStart.minusDays(windows.baselineDays()),
                runDate.minusDays(windows.historyDays() - 1L));
    }

    /** Returns whether a day is in the window. */
    Column inWindow(Column day) {
        return day.between(lit(windowStart), lit(runDate));
    }

    /** Returns whether a day is in the history, window included. */
    Column inHistory(Column day) {
        return day.between(lit(historyFrom), lit(runDate));
    }
}
