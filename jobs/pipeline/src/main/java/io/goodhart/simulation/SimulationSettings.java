package io.goodhart.simulation;

import io.goodhart.failures.Messages;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What company to make up.
 *
 * @param people how many people, at least 1; unmapped accounts come on top
 * @param days how many UTC days, the last included
 * @param until the last UTC day
 * @param seed the same settings with the same seed give the same rows
 * @param volume scales what gaming adds: 1 is loud, 0.5 half, 0.25 a quarter
 * @param gamingShare share of people who game, in [0, 0.5]
 * @param leaveOut behaviours that nobody shows
 */
public record SimulationSettings(
        int people, int days, LocalDate until, long seed, double volume, double gamingShare, List<Behaviour> leaveOut)
        implements Serializable {
    /** Share of people who game, unless told otherwise. */
    public static final double GAMING_SHARE = 0.045;

    public SimulationSettings {
        leaveOut = List.copyOf(leaveOut);
        List<String> problems = new ArrayList<>();
        if (people < 1) {
            problems.add("people is " + people + ": at least 1");
        }
        if (days < 1 || days > 3660) {
            problems.add("days is " + days + ": from 1 to 3660");
        }
        if (!(volume >= 0 && volume <= 10)) {
            problems.add("volume is " + volume + ": from 0 to 10");
        }
        if (!(gamingShare >= 0 && gamingShare <= 0.5)) {
            problems.add("gaming-share is " + gamingShare + ": from 0 to 0.5");
        }
        if (!problems.isEmpty()) {
            throw Messages.invalidArguments(problems);
        }
    }

    /** Returns a loud company with the usual share of gamers and every behaviour. */
    public static SimulationSettings of(int people, int days, LocalDate until, long seed) {
        return new SimulationSettings(people, days, until, seed, 1, GAMING_SHARE, List.of());
    }

    /** Returns the first UTC day. */
    public LocalDate from() {
        return until.minusDays(days - 1L);
    }
}
