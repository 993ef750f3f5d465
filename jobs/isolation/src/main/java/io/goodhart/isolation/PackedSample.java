package io.goodhart.isolation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** A {@link ForestSample} as it travels: a few arrays instead of an object for each drawn row, each row's values once. */
final class PackedSample implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IsolationForestSettings settings;
    private final int[] rowsOfTree;
    private final double[] priorities;
    private final long[] keys;
    private final int[] placeOfValues;
    private final double[][] values;

    PackedSample(IsolationForestSettings settings, List<TreeSample> drawn) {
        this.settings = settings;
        this.rowsOfTree = drawn.stream().mapToInt(tree -> tree.rows().size()).toArray();
        int total = Arrays.stream(rowsOfTree).sum();
        this.priorities = new double[total];
        this.keys = new long[total];
        this.placeOfValues = new int[total];
        IdentityHashMap<double[], Integer> places = new IdentityHashMap<>();
        List<double[]> different = new ArrayList<>();
        int next = 0;
        for (TreeSample tree : drawn) {
            for (DrawnRow row : tree.rows()) {
                priorities[next] = row.priority();
                keys[next] = row.key();
                Integer place = places.putIfAbsent(row.values(), different.size());
                placeOfValues[next++] = place == null ? different.size() : place;
                if (place == null) {
                    different.add(row.values());
                }
            }
        }
        this.values = different.toArray(double[][]::new);
    }

    private Object readResolve() {
        ForestSample sample = new ForestSample(settings);
        int next = 0;
        for (int tree = 0; tree < rowsOfTree.length; tree++) {
            for (int row = 0; row < rowsOfTree[tree]; row++, next++) {
                sample.add(tree, new DrawnRow(priorities[next], keys[next], values[placeOfValues[next]]));
            }
        }
        return sample.restored();
    }
}
