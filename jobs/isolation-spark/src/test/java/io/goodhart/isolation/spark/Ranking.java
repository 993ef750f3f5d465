package io.goodhart.isolation.spark;

import java.util.Arrays;
import java.util.Comparator;

/** How well scores put the labelled rows first: ties share their place, as in the reference implementation. */
public record Ranking(double auroc, double averagePrecision) {
    public static Ranking of(double[] scores, int[] labels) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        long positives = Arrays.stream(labels).filter(label -> label == 1).count();
        long negatives = labels.length - positives;
        double area = 0;
        double precision = 0;
        long found = 0;
        long seen = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long foundHere = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                foundHere += labels[order[to++]];
            }
            area += (to - from - foundHere) * (found + foundHere / 2.0);
            found += foundHere;
            seen += to - from;
            precision += foundHere * (double) found / seen;
            from = to;
        }
        return new Ranking(area / ((double) positives * negatives), precision / positives);
    }
}
