package io.goodhart.jobs.desk;

import java.util.List;

/**
 * What the tables of one night say of one person, in words.
 *
 * @param verdict the answer in one sentence
 * @param facts what is known of the person's window, one line each
 * @param reasons what speaks for the verdict, strongest first
 * @param weighedBy what the weight of a reason is: its contribution, or its distance from peers
 * @param sum what the reasons' contributions add up to, in words; empty where there are none
 * @param clearing what would clear it, one sentence each; empty where nothing is to be cleared
 */
public record Explanation(
        String verdict, List<Fact> facts, List<Reason> reasons, String weighedBy, String sum, List<String> clearing) {
    public Explanation {
        facts = List.copyOf(facts);
        reasons = List.copyOf(reasons);
        clearing = List.copyOf(clearing);
    }

    /** One thing that is known, by its name. */
    public record Fact(String name, String value) {}

    /**
     * One reason.
     *
     * @param text value, role peers and own earlier weeks, in words
     * @param weight contribution to the score in edges of path length; for a person who is no finding, the distance from peers
     * @param direction the side that is suspicious; empty for the rest of all features
     */
    public record Reason(String feature, String text, String direction, double weight) {}
}
