package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.features.FeatureSet;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.TestSession;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class HonestChangeTest {
    private static final StructType WINDOW = new StructType()
            .add(UsageScores.P_VALUE.name(), DataTypes.DoubleType)
            .add(PersonWindows.COST_USD.name(), PersonWindows.COST_USD.type())
            .add(PersonWindows.FEATURES.name(), PersonWindows.FEATURES.type());

    @Test
    void errorsAreThoseOfPeopleWhoAreNoFindings() {
        // 101 people from a fifth to five times their own level, and a gamer at a thousand times
        List<Row> rows = IntStream.rangeClosed(0, 101)
                .mapToObj(i -> i == 101 ? window(0.001, 1_000) : window(0.5, Math.exp(Math.log(5) * (i - 50) / 50.0)))
                .toList();
        HonestChange change = HonestChange.of(dataset(rows), 0.01);

        assertThat(change.usd().own().middle()).isCloseTo(0, within(0.02));
        assertThat(change.usd().own().low()).isCloseTo(-0.9 * Math.log(5), within(0.03));
        assertThat(change.usd().own().high()).isCloseTo(0.9 * Math.log(5), within(0.03));
        assertThat(change.tokens().own().high()).isCloseTo(change.usd().own().high(), within(0.03));
    }

    @Test
    void thePriceOfATokenIsAsSteadyAsItIsHoweverMuchIsUsed() {
        List<Row> rows = IntStream.range(0, 200)
                .mapToObj(i -> window(0.5, Math.exp(4 * Math.sin(i))))
                .toList();
        HonestChange change = HonestChange.of(dataset(rows), 0.01);

        assertThat(change.price().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
        assertThat(change.tokens().own().high()).isGreaterThan(1);
    }

    @Test
    void whoseEarlierWeeksAreNotKnownTeachesNothingOfThem() {
        List<Row> rows = IntStream.range(0, 200)
                .mapToObj(i -> i % 2 == 0 ? window(0.5, 1) : newcomer(0.5))
                .toList();
        HonestChange change = HonestChange.of(dataset(rows), 0.01);

        assertThat(change.tokens().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
        assertThat(change.usd().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
        assertThat(change.price().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
    }

    @Test
    void tokensBeforeThePriceListBeganTeachNothingOfDollars() {
        List<Row> rows = IntStream.range(0, 200)
                .mapToObj(i -> i % 2 == 0
                        ? window(0.5, 1)
                        : window(0.5, 1, name -> name.equals("cost_a_day") ? 0.0 : 1_000_000.0))
                .toList();
        HonestChange change = HonestChange.of(dataset(rows), 0.01);

        assertThat(change.usd().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
        assertThat(change.price().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
        assertThat(change.tokens().own()).isEqualTo(new HonestChange.Errors(0, 0, 0));
    }

    @Test
    void whereNobodyHasEarlierWeeksTheirErrorsAreWide() {
        HonestChange change = HonestChange.of(dataset(List.of(newcomer(0.5), newcomer(0.6))), 0.01);

        assertThat(change.tokens().own()).isEqualTo(HonestChange.Errors.UNKNOWN);
        assertThat(change.usd().own()).isEqualTo(HonestChange.Errors.UNKNOWN);
        assertThat(change.price().own()).isEqualTo(HonestChange.Errors.UNKNOWN);
        assertThat(change.usd().peers()).isNotEqualTo(HonestChange.Errors.UNKNOWN);
    }

    @Test
    void partitionsChangeNoDigit() {
        List<Row> rows = IntStream.range(0, 200)
                .mapToObj(i -> window(0.5, 0.3 + i / 100.0))
                .toList();

        assertThat(HonestChange.of(dataset(rows).repartition(7), 0.01)).isEqualTo(HonestChange.of(dataset(rows), 0.01));
    }

    @Test
    void withoutAnybodyToLearnFromTheErrorsAreWide() {
        HonestChange change = HonestChange.of(dataset(List.of(window(0.001, 5))), 0.01);

        assertThat(change.usd().own()).isEqualTo(HonestChange.Errors.UNKNOWN);
        assertThat(change.tokens().peers()).isEqualTo(HonestChange.Errors.UNKNOWN);
    }

    /** A person who used 28 million tokens and 28 dollars in the weeks before, and so many times that now. */
    private static Row window(double pValue, double times) {
        return window(pValue, times, name -> name.equals("tokens_a_day") ? 1_000_000.0 : 1.0);
    }

    /** A person of whom no earlier weeks are known. */
    private static Row newcomer(double pValue) {
        return window(pValue, 1, name -> null);
    }

    private static Row window(double pValue, double times, Function<String, Double> earlier) {
        Row[] features = FeatureSet.names().stream()
                .map(name -> RowFactory.create(name, times * amount(name), 1.0, earlier.apply(name), 0.0))
                .toArray(Row[]::new);
        return RowFactory.create(pValue, BigDecimal.valueOf(Math.round(28_000_000 * times), 6), features);
    }

    private static double amount(String feature) {
        return feature.equals("tokens_a_day") ? 1_000_000 : 1;
    }

    private static Dataset<Row> dataset(List<Row> rows) {
        return TestSession.spark().createDataFrame(rows, WINDOW);
    }
}
