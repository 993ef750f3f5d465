package io.goodhart.jobs.desk;

import java.util.List;

/**
 * What changed from one night to another, in words.
 *
 * @param nights what the two nights are, and what differs between them as a whole
 * @param patterns every pattern that a finding of either night bears
 * @param changes everybody who came into rank, left it or moved in it
 * @param summary the changes, counted
 */
public record Comparison(List<String> nights, List<PatternChange> patterns, List<Change> changes, String summary) {
    public Comparison {
        nights = List.copyOf(nights);
        patterns = List.copyOf(patterns);
        changes = List.copyOf(changes);
    }

    /**
     * One pattern; {@code people} and {@code wastedUsd} before and after.
     *
     * @param became that it is new, gone, split off, merged or retired; empty: it goes on
     */
    public record PatternChange(String name, String people, String wastedUsd, String became) {}

    /**
     * One finding that changed.
     *
     * @param kind new, gone, suppressed, open again, or moved
     * @param why what changed most about the person or the night
     */
    public record Change(String kind, String personId, String rank, String score, String pattern, String why) {}
}
