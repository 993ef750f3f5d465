package io.goodhart.simulation;

import java.io.Serializable;

/**
 * What gaming adjusts itself to.
 *
 * @param middlingTokens tokens of a middling request
 * @param weeklyCap tokens that a person may use a week
 * @param weeklyFloor tokens that a person is to use a week
 * @param snapshotDay ISO weekday on which the leaderboard is read
 */
record Surroundings(double middlingTokens, long weeklyCap, long weeklyFloor, int snapshotDay) implements Serializable {
    /** Those of a made-up company. */
    static final Surroundings MADE_UP =
            new Surroundings(Habits.MIDDLING_TOKENS, Calendar.WEEKLY_CAP, Calendar.WEEKLY_FLOOR, Calendar.SNAPSHOT_DAY);
}
