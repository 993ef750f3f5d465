package io.goodhart.findings;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** What a finding is called for as long as it goes on. The first night and the person make it: a rerun of that night gives it again. */
final class FindingId {
    private FindingId() {}

    /** Returns the id of a finding that is told for the first time on {@code firstNight}. */
    static String of(String personId, LocalDate firstNight) {
        return UUID.nameUUIDFromBytes((firstNight + " " + personId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Returns the night that made an id, the only one of {@code first} to {@code last} that gives it again; empty: none does. */
    static Optional<LocalDate> firstNight(String id, String personId, LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .filter(night -> of(personId, night).equals(id))
                .max(Comparator.naturalOrder());
    }
}
