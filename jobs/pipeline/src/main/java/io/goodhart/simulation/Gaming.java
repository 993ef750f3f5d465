package io.goodhart.simulation;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * What one person games, and since when.
 *
 * @param behaviour what they do
 * @param from their first gamed day, on their own clock
 * @param volume what the company's volume leaves of it, times how bold this person is
 * @param accomplices positions of the people they do it with; empty: alone
 * @param ring what is common to the accomplices
 */
record Gaming(Behaviour behaviour, LocalDate from, double volume, List<Integer> accomplices, long ring)
        implements Serializable {
    Gaming {
        accomplices = List.copyOf(accomplices);
    }
}
