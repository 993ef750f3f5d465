package io.goodhart.simulation;

/**
 * One outcome of work.
 *
 * @param author position of the person it is credited to
 * @param counterpart position of the other person; -1: none
 * @param linesAdded lines; -1: of no meaning for the kind
 */
record Outcome(
        long micros,
        int author,
        String kind,
        int linesAdded,
        int linesDeleted,
        boolean reverted,
        String subject,
        int counterpart,
        boolean selfMerged,
        boolean aiAssisted) {}
