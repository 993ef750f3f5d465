package io.goodhart.warehouse.input;

import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Which physical types of Parquet the contract takes for a column, and what Spark shall read them as. */
final class ParquetTypes {
    private ParquetTypes() {}

    /**
     * Returns the type that Spark reads {@code found} as, in SQL's words or {@link FileColumn#NANOS}; empty: not a form of
     * {@code expected}.
     */
    static Optional<String> readAs(DataType expected, Type found) {
        if (!found.isPrimitive() || found.isRepetition(Type.Repetition.REPEATED)) {
            return Optional.empty();
        }
        PrimitiveTypeName physical = found.asPrimitiveType().getPrimitiveTypeName();
        LogicalTypeAnnotation logical = found.getLogicalTypeAnnotation();
        if (expected instanceof DecimalType money) {
            return money(money, physical, logical);
        }
        return switch (expected.typeName()) {
            case "string" -> when(isText(physical, logical), "string");
            case "integer" -> integer(physical, logical).filter(type -> !type.equals("bigint"));
            case "long" -> integer(physical, logical);
            case "timestamp" -> timestamp(physical, logical);
            case "date" -> when(logical instanceof DateLogicalTypeAnnotation, "date");
            case "double" -> when(physical == PrimitiveTypeName.DOUBLE, "double");
            case "boolean" -> when(physical == PrimitiveTypeName.BOOLEAN, "boolean");
            default -> throw new IllegalArgumentException("no input column is of type " + expected.typeName());
        };
    }

    /** Returns what is taken for {@code expected}, in words. */
    static String taken(DataType expected) {
        if (expected instanceof DecimalType money) {
            return "decimal(" + money.precision() + "," + money.scale() + ") or smaller, or double";
        }
        return switch (expected.typeName()) {
            case "string" -> "string";
            case "integer" -> "int32 or narrower, signed";
            case "long" -> "int64 or narrower, signed";
            case "timestamp" -> "timestamp adjusted to UTC (millis, micros or nanos) or int96";
            default -> expected.typeName();
        };
    }

    /** Returns a column's type as the file has it, in Parquet's words. */
    static String found(Type found) {
        if (!found.isPrimitive()) {
            return "a group of columns";
        }
        PrimitiveType type = found.asPrimitiveType();
        String physical = type.getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
        String repeated = found.isRepetition(Type.Repetition.REPEATED) ? "repeated " : "";
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof TimestampLogicalTypeAnnotation time) {
            return repeated + physical + " (timestamp " + (time.isAdjustedToUTC() ? "" : "not ") + "adjusted to UTC)";
        } else if (logical instanceof IntLogicalTypeAnnotation integer) {
            return repeated + physical + " (" + (integer.isSigned() ? "" : "unsigned ") + integer.getBitWidth()
                    + "-bit)";
        }
        return repeated + physical + (logical == null ? "" : " (" + logical + ")");
    }

    private static boolean isText(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        return physical == PrimitiveTypeName.BINARY
                && (logical instanceof StringLogicalTypeAnnotation || logical instanceof EnumLogicalTypeAnnotation);
    }

    private static Optional<String> integer(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        boolean plain = logical == null;
        int bits;
        if (physical == PrimitiveTypeName.INT32) {
            bits = 32;
        } else if (physical == PrimitiveTypeName.INT64) {
            bits = 64;
        } else {
            return Optional.empty();
        }
        if (logical instanceof IntLogicalTypeAnnotation annotated && annotated.isSigned()) {
            bits = annotated.getBitWidth();
            plain = true;
        }
        return when(
                plain,
                switch (bits) {
                    case 8 -> "tinyint";
                    case 16 -> "smallint";
                    case 32 -> "int";
                    default -> "bigint";
                });
    }

    private static Optional<String> timestamp(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        if (physical == PrimitiveTypeName.INT96) {
            return Optional.of("timestamp");
        }
        return logical instanceof TimestampLogicalTypeAnnotation time && time.isAdjustedToUTC()
                ? Optional.of(time.getUnit() == TimeUnit.NANOS ? FileColumn.NANOS : "timestamp")
                : Optional.empty();
    }

    private static Optional<String> money(
            DecimalType money, PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        if (physical == PrimitiveTypeName.DOUBLE) {
            return Optional.of("double");
        }
        return logical instanceof DecimalLogicalTypeAnnotation decimal
                        && decimal.getScale() <= money.scale()
                        && decimal.getPrecision() - decimal.getScale() <= money.precision() - money.scale()
                ? Optional.of("decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")")
                : Optional.empty();
    }

    private static Optional<String> when(boolean taken, String type) {
        return taken ? Optional.of(type) : Optional.empty();
    }
}
