package io.goodhart.notebooks;

import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of a result as a person reads them: thousands apart, dollars in cents, lists as lists, nothing as a dash. */
final class CellText {
    private static final double WHOLE_FROM = 1_000;

    private CellText() {}

    static DomContent of(Object value) {
        if (value == null) {
            return span("–").withClass("none");
        }
        if (value instanceof scala.collection.Seq<?> sequence) {
            List<?> entries = CollectionConverters.asJava(sequence);
            return entries.isEmpty() ? span("–").withClass("none") : ul(each(entries, entry -> li(of(entry))));
        }
        return text(plain(value));
    }

    /** Returns a value in one line. */
    static String plain(Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof Long || value instanceof Integer) {
            return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
        }
        if (value instanceof BigDecimal money) {
            return String.format(Locale.ROOT, "%,.2f", money.setScale(2, RoundingMode.HALF_EVEN));
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue());
        }
        if (value instanceof Row row) {
            return IntStream.range(0, row.size())
                    .filter(field -> !row.isNullAt(field))
                    .mapToObj(field -> heading(row.schema().fieldNames()[field]) + ": " + plain(row.get(field)))
                    .collect(Collectors.joining("; "));
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<?, ?> entries = CollectionConverters.asJava(map);
            return entries.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + plain(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining("; "));
        }
        return String.valueOf(value);
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        return Math.abs(value) >= WHOLE_FROM
                ? String.format(Locale.ROOT, "%,.0f", value)
                : new BigDecimal(value)
                        .round(new java.math.MathContext(3, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** Returns a column's name in words. */
    static String heading(String column) {
        return column.replace('_', ' ').replace(" usd", " US$");
    }
}
