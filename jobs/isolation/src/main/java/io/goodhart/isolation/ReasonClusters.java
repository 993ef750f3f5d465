package io.goodhart.isolation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Groups strange rows by why they are strange: by the direction of their contributions, whatever their size.
 *
 * <p>A row's reason is the vector of what makes it stranger, too high and too low apart, at unit length; likeness is the cosine.
 * Centres are found by spherical k-means from a start that no order of rows can change: the row most like all others, then always
 * the row least like the centres so far. Fewer centres are made when the reasons run out.
 *
 * <p>Source: Dhillon, Modha, "Concept decompositions for large sparse text data using clustering", Machine Learning 2001;
 * Gonzalez, "Clustering to minimize the maximum intercluster distance", TCS 1985, for the start.
 */
public final class ReasonClusters {
    private static final int MOST_ROUNDS = 100;
    private static final double ALIKE = 1 - 1e-9;

    private final List<double[]> centres;

    private ReasonClusters(List<double[]> centres) {
        this.centres = centres;
    }

    /** Returns clusters with the given centres, as {@link #centres} gave them. */
    public static ReasonClusters of(List<double[]> centres) {
        return new ReasonClusters(centres.stream().map(double[]::clone).toList());
    }

    /** Finds at most {@code most} clusters among the reasons of rows. */
    public static ReasonClusters among(List<Contributions> rows, int most) {
        double[][] reasons = rows.stream()
                .map(ReasonClusters::reason)
                .filter(reason -> dot(reason, reason) > 0)
                .sorted(Arrays::compare)
                .toArray(double[][]::new);
        List<double[]> centres = start(reasons, most);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<double[]> moved = means(reasons, centres);
            boolean still = Arrays.deepEquals(moved.toArray(), centres.toArray());
            centres = moved;
            if (still) {
                break;
            }
        }
        return of(bySize(centres, reasons));
    }

    /** Returns the number of the row's cluster, 0 being the largest at fit; −1 when nothing makes the row stranger. */
    public int of(Contributions row) {
        double[] reason = reason(row);
        return dot(reason, reason) == 0 ? -1 : nearest(reason, centres);
    }

    /** Returns one unit vector a cluster: first what is too high, then what is too low, a value each feature. */
    public List<double[]> centres() {
        return centres.stream().map(double[]::clone).toList();
    }

    private static double[] reason(Contributions row) {
        int features = row.numFeatures();
        double[] reason = new double[2 * features];
        for (int feature = 0; feature < features; feature++) {
            boolean high = row.side(feature) == Contributions.Side.TOO_HIGH;
            reason[high ? feature : features + feature] = Math.max(row.value(feature), 0);
        }
        return unit(reason);
    }

    private static List<double[]> start(double[][] reasons, int most) {
        List<double[]> centres = new ArrayList<>();
        if (reasons.length == 0) {
            return centres;
        }
        double[] sum = new double[reasons[0].length];
        for (double[] reason : reasons) {
            add(sum, reason);
        }
        double[] likest = new double[reasons.length];
        int next = farthest(reasons, reason -> -dot(reason, sum));
        while (centres.size() < most) {
            double[] centre = reasons[next];
            centres.add(centre);
            for (int i = 0; i < reasons.length; i++) {
                likest[i] = Math.max(likest[i], dot(reasons[i], centre));
            }
            next = least(likest);
            if (likest[next] > ALIKE) {
                break;
            }
        }
        return centres;
    }

    private static int farthest(double[][] reasons, java.util.function.ToDoubleFunction<double[]> distance) {
        return least(Arrays.stream(reasons).mapToDouble(distance).toArray());
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }

    private static List<double[]> means(double[][] reasons, List<double[]> centres) {
        List<double[]> sums = new ArrayList<>();
        centres.forEach(centre -> sums.add(new double[centre.length]));
        for (double[] reason : reasons) {
            add(sums.get(nearest(reason, centres)), reason);
        }
        List<double[]> means = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            means.add(dot(sums.get(i), sums.get(i)) == 0 ? centres.get(i) : unit(sums.get(i)));
        }
        return means;
    }

    private static List<double[]> bySize(List<double[]> centres, double[][] reasons) {
        int[] sizes = new int[centres.size()];
        for (double[] reason : reasons) {
            sizes[nearest(reason, centres)]++;
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingInt((Integer i) -> -sizes[i]).thenComparing(centres::get, Arrays::compare));
        return order.stream().map(centres::get).toList();
    }

    private static int nearest(double[] reason, List<double[]> centres) {
        int nearest = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < centres.size(); i++) {
            double likeness = dot(reason, centres.get(i));
            if (likeness > most) {
                most = likeness;
                nearest = i;
            }
        }
        return nearest;
    }

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        return length == 0
                ? vector
                : Arrays.stream(vector).map(value -> value / length).toArray();
    }

    private static void add(double[] sum, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += vector[i];
        }
    }

    private static double dot(double[] first, double[] second) {
        double dot = 0;
        for (int i = 0; i < first.length; i++) {
            dot += first[i] * second[i];
        }
        return dot;
    }
}
