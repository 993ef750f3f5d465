package io.goodhart.jobs;

/**
 * What a table's day of the landing was made from, as {@code day_counts.input_fingerprint} keeps it.
 *
 * @param files hash of the table's files
 * @param prices hash of the list prices in force on the day; empty: none were
 */
record DayFingerprint(String files, String prices) {
    private static final String SEPARATOR = "/";

    static DayFingerprint parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? new DayFingerprint(text, "")
                : new DayFingerprint(text.substring(0, end), text.substring(end + SEPARATOR.length()));
    }

    String text() {
        return prices.isEmpty() ? files : files + SEPARATOR + prices;
    }
}
