package io.goodhart.isolation;

/**
 * Gauss–Legendre quadrature on (0, 1): exact for polynomials up to twice its points less one.
 *
 * <p>Source: Press et al., "Numerical Recipes", section 4.6: Newton's method on the Legendre polynomial.
 */
final class Quadrature {
    private final double[] place;
    private final double[] weight;

    private Quadrature(double[] place, double[] weight) {
        this.place = place;
        this.weight = weight;
    }

    static Quadrature exactToDegree(int degree) {
        return ofPoints(degree / 2 + 1);
    }

    private static Quadrature ofPoints(int points) {
        double[] place = new double[points];
        double[] weight = new double[points];
        for (int i = 0; i < points; i++) {
            double root = StrictMath.cos(StrictMath.PI * (i + 0.75) / (points + 0.5));
            double slope = 1;
            for (int step = 0; step < 100; step++) {
                double before = 1;
                double polynomial = root;
                for (int degree = 2; degree <= points; degree++) {
                    double next = ((2 * degree - 1) * root * polynomial - (degree - 1) * before) / degree;
                    before = polynomial;
                    polynomial = next;
                }
                slope = points * (root * polynomial - before) / (root * root - 1);
                double correction = polynomial / slope;
                root -= correction;
                if (Math.abs(correction) < 1e-16) {
                    break;
                }
            }
            place[i] = (1 - root) / 2;
            weight[i] = 1 / ((1 - root * root) * slope * slope);
        }
        return new Quadrature(place, weight);
    }

    int points() {
        return place.length;
    }

    double weight(int point) {
        return weight[point];
    }

    /** Returns the line from {@code cold} at 0 to {@code hot} at 1, at the given point. */
    double factor(int point, double hot, double cold) {
        return hot * place[point] + cold * (1 - place[point]);
    }
}
