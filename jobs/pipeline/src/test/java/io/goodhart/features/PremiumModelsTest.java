package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PremiumModelsTest {
    /** A window that begins on a Saturday and ends on a Tuesday, over a leap day. */
    private static final LocalDate FIRST = LocalDate.parse("2024-02-24");

    private static final LocalDate LAST = LocalDate.parse("2024-03-05");

    @Test
    void theNewestTierOfThePriceListDecidesWhateverWasPaid() {
        Dataset<Row> prices = Rows.dataset(
                price("once", "2024-01-01", "premium"),
                price("once", "2024-02-01", "small"),
                price("now", "2024-01-01", "small"),
                price("now", "2024-02-01", "premium"));

        assertThat(premium(prices, day("2024-02-29", use("once", 10, "90"), use("now", 10, "1"))))
                .containsExactly("now");
    }

    @Test
    void ofAModelThatNoListNamesThePriceOfARequestDecides() {
        assertThat(premium(
                        Rows.none(ModelPrices.CONTRACT),
                        day("2024-02-29", use("cheap", 100, "100"), use("dear", 10, "25"), use("less", 10, "24.9"))))
                .containsExactly("dear");
    }

    @Test
    void aModelWhoseTierIsNotToldIsJudgedByItsPriceToo() {
        assertThat(premium(
                        Rows.dataset(price("dear", "2024-01-01", null)),
                        day("2024-02-29", use("cheap", 100, "100"), use("dear", 10, "25"))))
                .containsExactly("dear");
    }

    @Test
    void onlyDaysOfTheWindowCount() {
        assertThat(premium(
                        Rows.none(ModelPrices.CONTRACT),
                        day("2024-02-23", use("before", 1, "99")),
                        day("2024-02-24", use("first", 1, "99"), use("cheap", 100, "100")),
                        day("2024-03-05", use("last", 1, "99")),
                        day("2024-03-06", use("after", 1, "99"))))
                .containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void whereNoCostIsKnownNoModelIsDear() {
        assertThat(premium(Rows.none(ModelPrices.CONTRACT), day("2024-02-29", use("one", 10, null))))
                .isEmpty();
    }

    @Test
    void aPremiumModelOfTheListIsOneAlsoWhereNobodyUsesItAnyMore() {
        assertThat(premium(
                        Rows.dataset(price("listed", "2024-01-01", "premium"), price("small", "2024-01-01", "small")),
                        day("2024-02-29").with(PersonDays.MODELS, null)))
                .containsExactly("listed");
    }

    private static Set<String> premium(Dataset<Row> prices, TestRow... days) {
        return PremiumModels.of(PackedWeeks.of(Rows.dataset(days)), FIRST, LAST, prices);
    }

    private static TestRow day(String date, Row... uses) {
        return Days.day(date).with(PersonDays.MODELS, Arrays.asList(uses));
    }

    private static Row use(String model, long requests, String costOrNull) {
        return RowFactory.create(
                model, requests, 0L, 0L, costOrNull == null ? null : new BigDecimal(costOrNull).setScale(6));
    }

    private static TestRow price(String model, String from, String tier) {
        return Rows.of(ModelPrices.CONTRACT)
                .with(ModelPrices.MODEL, model)
                .with(ModelPrices.VALID_FROM, from)
                .with(ModelPrices.TIER, tier);
    }
}
