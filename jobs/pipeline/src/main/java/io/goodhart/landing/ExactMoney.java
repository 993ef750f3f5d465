package io.goodhart.landing;

import io.goodhart.tables.ColumnSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.spark.sql.types.Decimal;

/**
 * A sum of money, exact to 10⁻¹² dollars: the digits of a token's price times a count of tokens. Rounded once, when all is summed. In one
 * long as far as it fits, which is nine million dollars.
 */
final class ExactMoney {
    private static final int SCALE = 2 * ColumnSpec.MONEY.scale();
    private static final long UNITS_PER_MICRO = 1_000_000;

    private long low;
    private BigInteger high = BigInteger.ZERO;
    private boolean known;

    void clear() {
        low = 0;
        high = BigInteger.ZERO;
        known = false;
    }

    /** Adds an amount in millionths of a dollar. */
    void addMicros(long micros) {
        addProduct(micros, UNITS_PER_MICRO);
    }

    /** Adds the price of tokens, in millionths of a dollar for a million tokens. */
    void addTokens(long tokens, long microsPerMillion) {
        addProduct(tokens, microsPerMillion);
    }

    void add(ExactMoney other) {
        if (other.known) {
            addUnits(other.low);
            if (other.high.signum() != 0) {
                high = high.add(other.high);
            }
        }
    }

    /** Returns the amount in the contract's money, or null where none is known. */
    Decimal orNull() {
        if (!known) {
            return null;
        }
        if (high.signum() != 0 || low < 0) {
            BigDecimal exact = new BigDecimal(high.add(BigInteger.valueOf(low)), SCALE);
            return Decimal.apply(
                    exact.setScale(ColumnSpec.MONEY.scale(), RoundingMode.HALF_UP),
                    ColumnSpec.MONEY.precision(),
                    ColumnSpec.MONEY.scale());
        }
        long micros = low / UNITS_PER_MICRO;
        long rest = low - micros * UNITS_PER_MICRO;
        return Decimal.createUnsafe(
                rest >= UNITS_PER_MICRO / 2 ? micros + 1 : micros,
                ColumnSpec.MONEY.precision(),
                ColumnSpec.MONEY.scale());
    }

    private void addProduct(long one, long other) {
        long product = one * other;
        if (Math.multiplyHigh(one, other) == product >> 63) {
            addUnits(product);
        } else {
            high = high.add(BigInteger.valueOf(one).multiply(BigInteger.valueOf(other)));
            known = true;
        }
    }

    private void addUnits(long units) {
        long sum = low + units;
        if (((low ^ sum) & (units ^ sum)) < 0) {
            high = high.add(BigInteger.valueOf(low)).add(BigInteger.valueOf(units));
            sum = 0;
        }
        low = sum;
        known = true;
    }
}
