package io.goodhart.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The days that are to be landed anew, and why. Of several reasons for a day the first that is told stays. */
final class StaleReasons {
    static final String NEW = "new";
    static final String PRICES = "list prices changed";
    static final String CLOCKS = "somebody's time zone changed";

    private final NavigableMap<LocalDate, String> reasons = new TreeMap<>();

    /** Returns the reason of a day whose files in some tables are others than those that were landed. */
    static String changed(Collection<String> tables) {
        return "files of " + String.join(", ", new TreeSet<>(tables)) + " changed";
    }

    void add(LocalDate day, String reason) {
        reasons.putIfAbsent(day, reason);
    }

    void addAll(Collection<LocalDate> days, String reason) {
        days.forEach(day -> add(day, reason));
    }

    NavigableSet<LocalDate> days() {
        return new TreeSet<>(reasons.keySet());
    }

    /** Returns a line a reason, with its days; days in a row are told by the first and the last. */
    List<String> lines() {
        Map<String, List<LocalDate>> byReason = new TreeMap<>();
        reasons.forEach((day, reason) ->
                byReason.computeIfAbsent(reason, absent -> new ArrayList<>()).add(day));
        return byReason.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": " + ranges(entry.getValue()))
                .toList();
    }

    private static String ranges(List<LocalDate> days) {
        List<String> ranges = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= days.size(); i++) {
            if (i == days.size() || !days.get(i).equals(days.get(i - 1).plusDays(1))) {
                ranges.add(first == i - 1 ? days.get(first).toString() : days.get(first) + " to " + days.get(i - 1));
                first = i;
            }
        }
        return String.join(", ", ranges);
    }
}
