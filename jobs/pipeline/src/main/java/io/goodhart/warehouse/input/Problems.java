package io.goodhart.warehouse.input;

import java.util.ArrayList;
import java.util.List;

/** Keeps lists of problems readable: the first few, and how many more there are. */
final class Problems {
    /** How many are named. */
    static final int NAMED = 20;

    private Problems() {}

    /** Returns the first of them in their order, with a last entry that counts the rest. */
    static List<String> firstOf(List<String> problems) {
        if (problems.size() <= NAMED) {
            return List.copyOf(problems);
        }
        List<String> first = new ArrayList<>(problems.subList(0, NAMED));
        first.add("and " + (problems.size() - NAMED) + " more");
        return first;
    }
}
