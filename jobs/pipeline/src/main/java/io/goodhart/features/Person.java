package io.goodhart.features;

import io.goodhart.tables.People;
import java.time.LocalDate;
import java.util.List;

/**
 * A person with all days that were read of them.
 *
 * @param id pseudonym
 * @param role role; {@link People#UNKNOWN} where the person is not among {@code people}, as are team and organisation
 * @param startOrNull first day employed; null: long ago
 * @param endOrNull last day employed; null: still employed
 * @param days in order of date, at most one a date
 */
record Person(
        String id,
        String role,
        String team,
        String org,
        LocalDate startOrNull,
        LocalDate endOrNull,
        List<PersonDay> days) {}
