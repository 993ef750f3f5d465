package io.goodhart.features;

/**
 * Two amounts that a feature holds beside one another, of which a tool may tell one only. Both are summed over what tells both, so that a
 * tool which is silent on one side of a ratio does not stand on the other.
 */
enum Ratio {
    /** Tokens of input read from a cache, and those that were not. */
    CACHED(0),
    /** Tokens of output, and requests. */
    OUTPUT_A_REQUEST(1),
    /** Millionths of a US dollar, and tokens. */
    COST_A_TOKEN(2),
    /** Lines accepted, and lines suggested. */
    ACCEPTED(3),
    /** Requests, and sessions. */
    REQUESTS_A_SESSION(4),
    /** Tokens of uncached input, and of output. */
    INPUT_PER_OUTPUT(5);

    static final int COUNT = 6;

    /** Where the ratio stands among all. */
    final int place;

    Ratio(int place) {
        this.place = place;
    }

    /** Sums of both sides, by ratio. */
    static final class Sums {
        private final long[] parts = new long[COUNT];
        private final long[] bases = new long[COUNT];
        private final boolean[] told = new boolean[COUNT];

        void add(Ratio ratio, long part, long base) {
            parts[ratio.place] += part;
            bases[ratio.place] += base;
            told[ratio.place] = true;
        }

        void add(Sums others) {
            for (int i = 0; i < COUNT; i++) {
                parts[i] += others.parts[i];
                bases[i] += others.bases[i];
                told[i] |= others.told[i];
            }
        }

        /** Returns the first amount; NaN where nothing tells both. */
        double part(Ratio ratio) {
            return told[ratio.place] ? parts[ratio.place] : Double.NaN;
        }

        /** Returns the second amount; NaN where nothing tells both. */
        double base(Ratio ratio) {
            return told[ratio.place] ? bases[ratio.place] : Double.NaN;
        }
    }
}
