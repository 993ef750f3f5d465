package io.goodhart.findings;

/**
 * Which p-values are discoveries when at most a given share of them may be false.
 *
 * <p>Source: Benjamini, Hochberg, "Controlling the false discovery rate", JRSS B 1995.
 */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * Returns the largest p-value that is a discovery; 0 where there is none.
     *
     * @param smallest the p-values up to {@code rate}, ascending: no other can be a discovery
     * @param tested how many people were tested
     * @param rate the share of discoveries that may be false
     * @param budget at most so many discoveries
     */
    public static double threshold(double[] smallest, long tested, double rate, long budget) {
        int discoveries = 0;
        for (int rank = 1; rank <= smallest.length; rank++) {
            if (smallest[rank - 1] <= rank * rate / tested) {
                discoveries = rank;
            }
        }
        int reported = (int) Math.min(discoveries, budget);
        return reported == 0 ? 0 : smallest[reported - 1];
    }
}
