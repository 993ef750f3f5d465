package io.goodhart.jobs;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.landing.Landing;
import io.goodhart.landing.Timezones;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.Input;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that were landed on another clock than the people's own is now, or with other list prices, around a leap day. */
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
        assertThat(staleDays(FIRST.plusDays(1), LAST).byClock(moved)).containsExactly(LEAP_DAY);
        assertThat(staleDays(FIRST, LEAP_DAY.minusDays(1)).byClock(moved)).containsExactly(FIRST);
        assertThat(staleDays(LAST.plusDays(1), LAST.plusDays(9)).byClock(moved)).isEmpty();
    }

    @Test
    void daysFromThatOfANewPriceOnAreStale() {
        assertThat(repriced(price("m", FIRST, "1"), price("m", LAST, "2"))).containsExactly(FIRST, LEAP_DAY, LAST);
        assertThat(repriced(price("m", FIRST.plusDays(1), "1"))).containsExactly(LEAP_DAY, LAST);
        assertThat(repriced(price("m", LAST.plusDays(1), "1"))).isEmpty();
        assertThat(repriced()).isEmpty();
    }

    @Test
    void eachDayIsStaleUntilItWasLandedWithThePricesInForceOnIt() {
        Warehouse priced = TestWarehouse.in(folder.resolve("priced"));
        TestInput made = TestInput.in(folder.resolve("priced-input"))
                .add(used("p1", FIRST), used("p1", LEAP_DAY), used("p1", LAST))
                .add(person("p1"), price("model", FIRST, "1"));
        LandedDays.of(made, priced);
        Input listed = Input.open(TestSession.spark(), made.root(), LAST);
        Landing same = landing(price("model", FIRST, "1"));
        Landing dearer = landing(price("model", FIRST, "1"), price("model", LEAP_DAY, "2"));
        assertThat(new StaleDays(priced, listed, FIRST, LAST).byPrices(same)).isEmpty();
        assertThat(new StaleDays(priced, listed, FIRST, LAST).byPrices(dearer)).containsExactly(LEAP_DAY, LAST);
        assertThat(new StaleDays(priced, listed, FIRST, LAST).byFiles(FIRST).days())
                .as("the files are as they were")
                .isEmpty();

        // a run of an older date lands the days that it sees
        made.add(price("model", LEAP_DAY, "2"));
        Input again = Input.open(TestSession.spark(), made.root(), LAST);
        LandedDays.of(again, priced, new TreeSet<>(Set.of(LEAP_DAY)), 0);

        assertThat(new StaleDays(priced, again, FIRST, LAST).byPrices(dearer)).containsExactly(LAST);
        assertThat(costs(priced)).containsExactly("0.000100", "0.000200", "0.000100");
    }

    private static Set<LocalDate> stale(TestRow... people) {
        return staleDays(FIRST, LAST).byClock(timezones(people));
    }

    private static Set<LocalDate> repriced(TestRow... prices) {
        return staleDays(FIRST, LAST).byPrices(landing(prices));
    }

    private static StaleDays staleDays(LocalDate first, LocalDate last) {
        return new StaleDays(warehouse, input, first, last);
    }

    private static Landing landing(TestRow... prices) {
        return new Landing(
                Timezones.of(Rows.none(People.CONTRACT)),
                prices.length == 0 ? Rows.none(ModelPrices.CONTRACT) : Rows.dataset(prices));
    }

    private static TestRow price(String model, LocalDate from, String usdPerMillionInput) {
        return Rows.of(ModelPrices.CONTRACT)
                .with(ModelPrices.MODEL, model)
                .with(ModelPrices.VALID_FROM, from)
                .with(ModelPrices.USD_PER_MILLION_INPUT, new BigDecimal(usdPerMillionInput).setScale(6));
    }

    /** Returns what each day cost, days in order. */
    private static List<String> costs(Warehouse warehouse) {
        return warehouse.read(PersonDays.CONTRACT).orderBy(PersonDays.EVENT_DATE.col()).collectAsList().stream()
                .map(row -> row.getAs(PersonDays.COST_USD.name()).toString())
                .toList();
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
