package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.testing.TestSession;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PeersTest {
    @Test
    void valuesAreCutTowardsZeroByLessThanHalfAPerCent() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            double value = Math.exp(10 * random.nextGaussian());
            assertThat(Peers.cut(value)).isLessThanOrEqualTo(value).isCloseTo(value, within(value / 200));
            assertThat(Peers.cut(Peers.cut(value))).isEqualTo(Peers.cut(value));
            assertThat(Peers.cut(-value)).isEqualTo(-Peers.cut(value));
        }
    }

    @Test
    void smallWholeNumbersAndTheirHalvesStayWhatTheyAre() {
        for (double value = 0; value <= 256; value += 0.5) {
            assertThat(Peers.cut(value)).isEqualTo(value);
        }
        assertThat(Peers.cut(257.5)).isEqualTo(257);
        assertThat(Peers.cut(null)).isNull();
    }

    @Test
    void aTenthOfThePeersThatGoesFarOnTheSuspiciousSideIsASpreadAndOnTheHonestSideItIsNot() {
        int tiny = FeatureSet.names().indexOf("tiny_share");
        int cached = FeatureSet.names().indexOf("cache_read_share");

        List<Double> spreads = spreads(21, tiny, 0, 4, 0.5);
        assertThat(spreads.get(tiny)).as("high is suspicious").isCloseTo(0.5 / 1.2815515655446, within(1e-9));

        assertThat(spreads(21, cached, 0.5, 4, 1).get(cached))
                .as("low is suspicious, and nobody is low")
                .isZero();
        assertThat(spreads(21, cached, 0.5, 4, 0).get(cached))
                .as("low is suspicious, and a fifth is low")
                .isCloseTo(0.5 / 1.2815515655446, within(1e-9));
        assertThat(spreads(21, tiny, 0, 1, 0.5).get(tiny))
                .as("one of twenty-one is no tenth")
                .isZero();
    }

    @Test
    void whatMovesMostPeersIsTheirMoveAndNotAPersons() {
        int cached = FeatureSet.names().indexOf("cache_read_share");
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < 21; person++) {
            rows.add(row(cached, 0.25, person < 15 ? 0.75 : 0.25));
        }
        rows.add(RowFactory.create(Date.valueOf("2026-05-31"), "engineer", filled(cached, 0.25), null));

        assertThat(beside(rows, Peers.MOVES).get(cached)).isEqualTo(-0.5);
    }

    @Test
    void wherePeersHaveNoEarlierWeeksNothingMoved() {
        List<Row> rows = List.of(RowFactory.create(Date.valueOf("2026-05-31"), "engineer", filled(0, 1), null));

        assertThat(beside(rows, Peers.MOVES)).containsOnly(0.0);
    }

    /** Returns the spreads of {@code people} alike in all but {@code odd} people's value of one feature. */
    private static List<Double> spreads(int people, int feature, double common, int odd, double oddValue) {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            rows.add(row(feature, person < odd ? oddValue : common, 0));
        }
        return beside(rows, Peers.SPREADS);
    }

    private static Row row(int feature, double value, double earlier) {
        return RowFactory.create(
                Date.valueOf("2026-05-31"), "engineer", filled(feature, value), filled(feature, earlier));
    }

    private static Double[] filled(int feature, double value) {
        Double[] values = new Double[FeatureSet.DIRECTED.size()];
        Arrays.fill(values, 0.0);
        values[feature] = value;
        return values;
    }

    private static List<Double> beside(List<Row> rows, String column) {
        StructType shape = new StructType()
                .add("run_date", DataTypes.DateType)
                .add("role", DataTypes.StringType)
                .add(Peers.VALUES, DataTypes.createArrayType(DataTypes.DoubleType))
                .add(Peers.EARLIER_VALUES, DataTypes.createArrayType(DataTypes.DoubleType));
        return Peers.beside(TestSession.spark().createDataFrame(rows, shape), functions.lit(true))
                .select(column)
                .first()
                .getList(0);
    }
}
