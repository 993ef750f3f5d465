package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.NumberFormat;
import java.util.Locale;

/** Puts a feature's evidence into words that a team lead understands without statistics. */
public final class Words {
    /** What people can hold in their heads of a large number. */
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Words() {}

    /** Returns "at least 61 % of requests … (role peers: 0 %; own earlier weeks: at least 1 %)". */
    public static String reason(Feature feature, double value, double peerMedian, Double ownBaselineOrNull) {
        String own = ownBaselineOrNull == null ? "" : "; own earlier weeks: " + told(feature, ownBaselineOrNull);
        return phrase(feature, value) + " (role peers: " + told(feature, peerMedian) + own + ")";
    }

    /** Returns "at least 61 % of requests … (then: at least 2 %)". */
    public static String change(Feature feature, double then, double now) {
        return phrase(feature, now) + " (then: " + told(feature, then) + ")";
    }

    private static String phrase(Feature feature, double value) {
        return String.format(Locale.ENGLISH, feature.phrase(), told(feature, value));
    }

    /** Returns the amount; of a credited feature as the least that it is, but for nothing, and for what words bound by themselves. */
    private static String told(Feature feature, double value) {
        String amount = amount(feature.unit(), value);
        boolean least = feature.credited() && value > feature.whenAbsent() && Character.isDigit(amount.charAt(0));
        return least ? "at least " + amount : amount;
    }

    /** Returns "12 %"; what is not quite nothing, and not quite all, is not told as if it were. */
    public static String share(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.05) {
            return "under 0.1 %";
        }
        if (percent < 100 && percent >= 99.5) {
            return "over 99 %";
        }
        return fixed(percent, percent < 9.95 ? 1 : 0) + " %";
    }

    static String amount(Unit unit, double value) {
        return switch (unit) {
            case SHARE, VARIATION -> share(value);
            case TOKENS, LINES -> compact(value);
            case USD -> fixed(value, 2, 2);
            default -> plain(value);
        };
    }

    /** One decimal below ten, also for a whole number: "1.0 requests" reads well, "1 requests" does not. */
    private static String plain(double value) {
        return Math.abs(value) < 9.95 ? fixed(value, value == 0 ? 0 : 1, 1) : fixed(value, 0);
    }

    private static String compact(double value) {
        double rounded = new BigDecimal(value).round(THREE_DIGITS).doubleValue();
        if (Math.abs(rounded) < 1_000) {
            return plain(value);
        }
        NumberFormat format = NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.LONG);
        format.setMaximumFractionDigits(1);
        return format.format(rounded);
    }

    private static String fixed(double value, int digits) {
        return fixed(value, 0, digits);
    }

    private static String fixed(double value, int leastDigits, int mostDigits) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
        format.setMinimumFractionDigits(leastDigits);
        format.setMaximumFractionDigits(mostDigits);
        return format.format(value);
    }
}
