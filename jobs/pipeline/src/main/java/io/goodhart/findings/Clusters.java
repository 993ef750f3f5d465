package io.goodhart.findings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups what is strange for the same reasons: average linkage on the likeness, joined until no two groups are alike enough, so the
 * number of groups comes from the data and what is like nothing stays alone.
 *
 * <p>Local on purpose: findings are bounded by the alert budget. Memory: one float for every pair.
 *
 * <p>Source: Lance, Williams, "A general theory of classificatory sorting strategies", Computer Journal 1967, the group average; joined
 * by chains of nearest neighbours (Murtagh, Computer Journal 1983), in time quadratic in the findings.
 */
final class Clusters {
    private static final double ALIKE_FROM = 0.7;

    private Clusters() {}

    /** How alike two of them are, by their indexes: the larger, the more. */
    interface Likeness {
        double between(int one, int other);
    }

    /**
     * Returns the members of each group, by their index; groups and members in ascending order.
     *
     * @param size how many there are to group
     * @param likeness symmetric; a cosine, or what shifts it
     */
    static List<List<Integer>> of(int size, Likeness likeness) {
        float[][] alike = new float[size][];
        for (int i = 0; i < size; i++) {
            alike[i] = new float[i];
            for (int j = 0; j < i; j++) {
                alike[i][j] = (float) likeness.between(i, j);
            }
        }
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            groups.put(i, new ArrayList<>(List.of(i)));
        }
        Deque<Integer> chain = new ArrayDeque<>();
        NavigableSet<Integer> open = new TreeSet<>(groups.keySet());
        while (!open.isEmpty()) {
            if (chain.isEmpty()) {
                chain.push(open.first());
            }
            int last = chain.pop();
            int nearest = nearest(last, groups, alike);
            if (nearest < 0) {
                // nothing is alike enough, and what others join can only be less alike on average
                open.remove(last);
                chain.clear();
            } else if (!chain.isEmpty() && alike(alike, last, nearest) <= alike(alike, last, chain.peek())) {
                int kept = join(last, chain.pop(), groups, alike);
                open.removeIf(group -> !groups.containsKey(group));
                open.add(kept);
            } else {
                chain.push(last);
                chain.push(nearest);
            }
        }
        return groups.values().stream()
                .map(members -> members.stream().sorted().toList())
                .toList();
    }

    /** Returns the group most like {@code group}, the smallest of equals; -1 where none is alike enough. */
    private static int nearest(int group, Map<Integer, List<Integer>> groups, float[][] alike) {
        int nearest = -1;
        double most = ALIKE_FROM;
        for (int other : groups.keySet()) {
            if (other != group && alike(alike, group, other) > most) {
                most = alike(alike, group, other);
                nearest = other;
            }
        }
        return nearest;
    }

    /** Joins two groups under the smaller of their numbers, and returns it. */
    private static int join(int one, int another, Map<Integer, List<Integer>> groups, float[][] alike) {
        int left = Math.min(one, another);
        int right = Math.max(one, another);
        double leftSize = groups.get(left).size();
        double rightSize = groups.get(right).size();
        for (int other : groups.keySet()) {
            if (other != left && other != right) {
                double joined = (leftSize * alike(alike, left, other) + rightSize * alike(alike, right, other))
                        / (leftSize + rightSize);
                alike[Math.max(left, other)][Math.min(left, other)] = (float) joined;
            }
        }
        groups.get(left).addAll(groups.remove(right));
        return left;
    }

    private static float alike(float[][] alike, int one, int other) {
        return alike[Math.max(one, other)][Math.min(one, other)];
    }
}
