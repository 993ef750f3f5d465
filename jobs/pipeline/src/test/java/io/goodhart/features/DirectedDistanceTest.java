package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DirectedDistanceTest {
    static final java.util.List<Feature> FEATURES = FeatureSet.DIRECTED;

    private static final double MEDIAN = 0.5;
    private static final double SPREAD = 2;

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void theHonestSideIsZeroHoweverFar(Feature feature) {
        for (double away : new double[] {0, 1e-9, 3, 1e9}) {
            assertThat(at(feature, -away)).as(feature.name()).isZero();
        }
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void theSuspiciousSideIsTheLogarithmOfOnePlusSpreads(Feature feature) {
        assertThat(at(feature, SPREAD)).as(feature.name()).isCloseTo(Math.log1p(1), within(1e-12));
        assertThat(at(feature, 5 * SPREAD)).as(feature.name()).isCloseTo(Math.log1p(5), within(1e-12));
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void twentySpreadsAreAsFarAsItGets(Feature feature) {
        assertThat(at(feature, 19 * SPREAD)).as(feature.name()).isLessThan(Math.log1p(20));
        assertThat(at(feature, 20 * SPREAD)).as(feature.name()).isCloseTo(Math.log1p(20), within(1e-12));
        assertThat(at(feature, 1e12)).as(feature.name()).isEqualTo(Math.log1p(20));
    }

    @Test
    void peersWhoAreAllAlikeAreCreditedWithTheLeastSpread() {
        Feature nights = feature("night_share");
        double least = Unit.SHARE.leastSpread();

        assertThat(DirectedDistance.of(nights, 2 * least, 0.0, null, 0, 0)).isCloseTo(Math.log1p(2), within(1e-12));
        assertThat(DirectedDistance.of(nights, 2 * least, 0.0, null, 0, least / 2))
                .isCloseTo(Math.log1p(2), within(1e-12));
        assertThat(DirectedDistance.of(nights, 2 * least, 0.0, null, 0, 2 * least))
                .isCloseTo(Math.log1p(1), within(1e-12));
    }

    @Test
    void lowValuesAreSuspiciousWhereTheFeatureSaysSo() {
        assertThat(DirectedDistance.of(feature("cache_read_share"), 0.2, 0.8, null, 0.8, 0.1))
                .isPositive();
        assertThat(DirectedDistance.of(feature("cache_read_share"), 0.9, 0.8, null, 0.8, 0.1))
                .isZero();
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void whatThePersonHasAlwaysDoneCountsHalf(Feature feature) {
        boolean isChangeItself = feature.family() == Feature.Family.CHANGE;

        assertThat(Math.expm1(at(feature, 8, 0.0)))
                .as("all of it new: %s", feature.name())
                .isCloseTo(4, within(1e-9));
        assertThat(Math.expm1(at(feature, 8, 8.0)))
                .as("none of it new: %s", feature.name())
                .isCloseTo(isChangeItself ? 4 : 2, within(1e-9));
        assertThat(Math.expm1(at(feature, 8, 4.0))).isCloseTo(isChangeItself ? 4 : 3, within(1e-9));
        assertThat(at(feature, 8, 80.0)).as("less than before").isEqualTo(at(feature, 8, 8.0));
        assertThat(at(feature, 8, -80.0)).as("the other side before").isEqualTo(at(feature, 8, 0.0));
        assertThat(at(feature, 0, -80.0)).as("a change alone is no distance").isZero();
    }

    @Test
    void gamingThatBeganBeforeTheWindowIsNotItsOwnExcuse() {
        Feature nights = feature("night_share");

        assertThat(at(nights, 8, 8.0, 0.0)).as("new since the first half").isEqualTo(at(nights, 8, 0.0));
        assertThat(at(nights, 8, 8.0, 8.0)).as("in both").isEqualTo(at(nights, 8, 8.0));
        assertThat(at(nights, 8, 0.0, 8.0)).as("given up since, and back").isEqualTo(at(nights, 8, 0.0));
        assertThat(at(nights, 8, 8.0, null)).as("first half not known").isEqualTo(at(nights, 8, 8.0));
    }

    @Test
    void whoHasNoEarlierWeeksStandsBetweenNewAndHabit() {
        Feature nights = feature("night_share");

        assertThat(Math.expm1(at(nights, 8, null))).isBetween(2.0 + 1e-9, 4.0 - 1e-9);
    }

    private static double at(Feature feature, double towardsSuspicion) {
        return at(feature, towardsSuspicion, 0.0);
    }

    private static double at(Feature feature, double towardsSuspicion, Double earlierOrNull) {
        return at(feature, towardsSuspicion, earlierOrNull, null);
    }

    private static double at(Feature feature, double towardsSuspicion, Double earlierOrNull, Double firstOrNull) {
        int sign = feature.suspicious().sign();
        return DirectedDistance.of(
                feature,
                MEDIAN + sign * towardsSuspicion,
                earlierOrNull == null ? null : (Double) (MEDIAN + sign * earlierOrNull),
                firstOrNull == null ? null : (Double) (MEDIAN + sign * firstOrNull),
                MEDIAN,
                SPREAD);
    }

    private static Feature feature(String name) {
        return FEATURES.get(FeatureSet.names().indexOf(name));
    }
}
