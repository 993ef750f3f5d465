package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.Unit;
import java.text.NumberFormat;
import java.util.Locale;

/** Puts a feature's evidence into words that a team lead understands without statistics. */
final class Words {
    private Words() {}

    /** Returns "61 % of requests … (role peers: 2 %; own earlier weeks: 1 %)". */
    static String reason(Feature feature, double value, double peerMedian, Double ownBaselineOrNull) {
        String own =
                ownBaselineOrNull == null ? "" : "; own earlier weeks: " + amount(feature.unit(), ownBaselineOrNull);
        String said = String.format(Locale.ENGLISH, feature.phrase(), amount(feature.unit(), value));
        return said + " (role peers: " + amount(feature.unit(), peerMedian) + own + ")";
    }

    static String amount(Unit unit, double value) {
        return switch (unit) {
            case SHARE -> fixed(100 * value, value < 0.1 ? 1 : 0) + " %";
            case TOKENS, LINES -> compact(value);
            case USD -> fixed(value, 2);
            default -> fixed(value, Math.abs(value) < 10 ? 1 : 0);
        };
    }

    private static String fixed(double value, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    private static String compact(double value) {
        NumberFormat format = NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.LONG);
        format.setMaximumFractionDigits(1);
        return format.format(value);
    }
}
