package io.goodhart.cli;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A date as {@code YYYY-MM-DD} that the calendar has: 2026-02-30 is refused, not taken for another day. */
final class StrictDate implements ITypeConverter<LocalDate> {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    @Override
    public LocalDate convert(String text) {
        try {
            return LocalDate.parse(text, FORM);
        } catch (DateTimeParseException notADate) {
            throw new TypeConversionException("'" + text + "' is not a date of the calendar, as YYYY-MM-DD");
        }
    }
}
