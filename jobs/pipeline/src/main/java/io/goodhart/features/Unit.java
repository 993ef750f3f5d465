package io.goodhart.features;

/**
 * What a feature counts in: how it is read, on which scale it is compared, and how small a difference between people means nothing.
 *
 * <p>Amounts are compared as logarithms, since tokens between people are log-normal; shares as they are.
 */
public enum Unit {
    SHARE("share", false, 0.03),
    TOKENS("tokens", true, 0.25),
    USD("US dollars", true, 0.25),
    COUNT("count", true, 0.25),
    MINUTES("minutes", true, 0.25),
    LINES("lines", true, 0.25),
    HOURS("hours", false, 1),
    RATIO("ratio", true, 0.25),
    VARIATION("coefficient of variation", false, 0.1),
    SPREADS("own spreads", false, 0.5),
    FOLD("times own earlier weeks", true, 0.25);

    private final String words;
    private final boolean logarithmic;
    private final double leastSpread;

    Unit(String words, boolean logarithmic, double leastSpread) {
        this.words = words;
        this.logarithmic = logarithmic;
        this.leastSpread = leastSpread;
    }

    /** Returns the unit in words. */
    public String words() {
        return words;
    }

    /** Returns whether values are compared as log(1 + value). */
    public boolean isLogarithmic() {
        return logarithmic;
    }

    /** Returns the smallest spread between people, on the scale of comparison, that peers are credited with. */
    public double leastSpread() {
        return leastSpread;
    }

    /** Returns {@code value} on the scale of comparison. */
    public double scaled(double value) {
        return logarithmic ? Math.log1p(Math.max(0, value)) : value;
    }

    /** Returns the value that stands at {@code scaled} on the scale of comparison. */
    public double unscaled(double scaled) {
        return logarithmic ? Math.expm1(scaled) : scaled;
    }
}
