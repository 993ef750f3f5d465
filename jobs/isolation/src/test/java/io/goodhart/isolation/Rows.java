package io.goodhart.isolation;

import java.util.Random;

/** Made-up rows for the laws. */
final class Rows {
    private Rows() {}

    /** Normal rows of growing spread, one feature repeated in coarse steps, so that ties occur. */
    static double[][] random(long seed, int rows, int features) {
        Random random = new Random(seed);
        double[][] made = new double[rows][features];
        for (double[] row : made) {
            for (int feature = 0; feature < features; feature++) {
                double value = random.nextGaussian() * (feature + 1);
                row[feature] = feature % 3 == 2 ? Math.rint(value) : value;
            }
        }
        return made;
    }

    static double[][] withMissing(double[][] rows, long seed, double share) {
        Random random = new Random(seed);
        double[][] made = new double[rows.length][];
        for (int i = 0; i < made.length; i++) {
            made[i] = rows[i].clone();
            for (int feature = 0; feature < made[i].length; feature++) {
                made[i][feature] = random.nextDouble() < share ? Double.NaN : made[i][feature];
            }
        }
        return made;
    }

    static double[][] shuffled(double[][] rows, long seed) {
        java.util.List<double[]> list = new java.util.ArrayList<>(java.util.List.of(rows));
        java.util.Collections.shuffle(list, new Random(seed));
        return list.toArray(double[][]::new);
    }
}
