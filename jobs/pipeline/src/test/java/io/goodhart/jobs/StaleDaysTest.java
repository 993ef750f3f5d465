package io.goodhart.jobs;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.landing.Timezones;
import io.goodhart.tables.People;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.Input;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that were landed on another clock than the people's own is now, around a leap day. */
class StaleDaysTest {
    private static final String UNICODE = "人-ß\uD83D\uDE00";
    private static final LocalDate FIRST = LocalDate.parse("2024-02-27");
    private static final LocalDate LEAP_DAY = LocalDate.parse("2024-02-29");
    private static final LocalDate LAST = LocalDate.parse("2024-03-01");

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static Input input;

    @BeforeAll
    static void land() {
        warehouse = TestWarehouse.in(folder.resolve("warehouse"));
        TestInput made = TestInput.in(folder.resolve("input"))
                .add(used("mover", FIRST), used("mover", LEAP_DAY), used("untold", LAST), used(UNICODE, LEAP_DAY))
                .add(berlin("mover"), berlin(UNICODE), berlin("idle"), at("untold", null));
        LandedDays.of(made, warehouse);
        input = Input.open(TestSession.spark(), made.root(), LAST);
    }

    @Test
    void daysOfPeopleWhoStayedAreNotStale() {
        assertThat(stale(berlin("mover"), berlin(UNICODE), at("untold", null))).isEmpty();
    }

    @Test
    void allLandedDaysOfWhoMovedAreStaleAndNoOther() {
        assertThat(stale(at("mover", "Asia/Tokyo"), berlin(UNICODE), at("untold", "UTC")))
                .containsExactly(FIRST, LEAP_DAY);
        assertThat(stale(berlin("mover"), at(UNICODE, "Asia/Tokyo"), at("untold", "UTC")))
                .containsExactly(LEAP_DAY);
    }

    @Test
    void whoseClockIsNoLongerToldIsOnUtc() {
        assertThat(stale(at("mover", null), berlin(UNICODE))).containsExactly(FIRST, LEAP_DAY);
        assertThat(stale(berlin(UNICODE))).containsExactly(FIRST, LEAP_DAY);
        assertThat(stale(berlin("mover"), berlin(UNICODE), berlin("untold"))).containsExactly(LAST);
    }

    @Test
    void whoHasNoDaysMakesNoneStale() {
        assertThat(stale(berlin("mover"), berlin(UNICODE), at("idle", "Asia/Tokyo"), at("new", "Asia/Tokyo")))
                .isEmpty();
    }

    @Test
    void daysOutsideOfTheHistoryAreNotLookedAt() {
        Timezones moved = timezones(at("mover", "Asia/Tokyo"), berlin(UNICODE));
        StaleDays days = new StaleDays(warehouse, input);
        assertThat(days.byClock(moved, FIRST.plusDays(1), LAST)).containsExactly(LEAP_DAY);
        assertThat(days.byClock(moved, FIRST, LEAP_DAY.minusDays(1))).containsExactly(FIRST);
        assertThat(days.byClock(moved, LAST.plusDays(1), LAST.plusDays(9))).isEmpty();
    }

    private static Set<LocalDate> stale(TestRow... people) {
        return new StaleDays(warehouse, input).byClock(timezones(people), FIRST, LAST);
    }

    private static Timezones timezones(TestRow... people) {
        return Timezones.of(Rows.dataset(people));
    }

    private static TestRow used(String person, LocalDate day) {
        return usageEvent().by(person).on(day.toString());
    }

    private static TestRow berlin(String person) {
        return at(person, "Europe/Berlin");
    }

    private static TestRow at(String person, String timezone) {
        return person(person).with(People.TIMEZONE, timezone);
    }
}
