package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.testing.TestSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final LocalDate END = LocalDate.parse("2026-05-31");

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
    }

    @Test
    void aTenthOfThePeersThatGoesFarOnTheSuspiciousSideIsASpreadAndOnTheHonestSideItIsNot() {
        int tiny = FeatureSet.names().indexOf("tiny_share");
        int cached = FeatureSet.names().indexOf("cache_read_share");

        assertThat(spreads(21, tiny, 0, 4, 0.5)[tiny])
                .as("high is suspicious")
                .isCloseTo(0.5 / 1.2815515655446, within(1e-9));

        assertThat(spreads(21, cached, 0.5, 4, 1)[cached])
                .as("low is suspicious, and nobody is low")
                .isZero();
        assertThat(spreads(21, cached, 0.5, 4, 0)[cached])
                .as("low is suspicious, and a fifth is low")
                .isCloseTo(0.5 / 1.2815515655446, within(1e-9));
        assertThat(spreads(21, tiny, 0, 1, 0.5)[tiny])
                .as("one of twenty-one is no tenth")
                .isZero();
    }

    @Test
    void whereNobodyWasObservedLongEnoughNothingIsNormal() {
        Peers nobody = Peers.among(windows(List.of()));

        assertThat(nobody.besideOrNull(END, "engineer")).isNull();
        assertThat(nobody.impactOrNull(window("engineer", new double[FeatureSet.DIRECTED.size()])))
                .isNull();
    }

    @Test
    void peersOfAnUnknownRoleAreEverybody() {
        double[] one = new double[FeatureSet.DIRECTED.size()];
        double[] other = new double[FeatureSet.DIRECTED.size()];
        Arrays.fill(other, 0.5);
        Peers peers = Peers.among(windows(List.of(window("unknown", one), window("engineer", other))));

        assertThat(peers.besideOrNull(END, "unknown").medians())
                .isEqualTo(peers.besideOrNull(END, "of nobody").medians());
        assertThat(peers.besideOrNull(END, "engineer").medians())
                .isNotEqualTo(peers.besideOrNull(END, "unknown").medians());
    }

    @Test
    void impactIsOutcomesOverThePeersMedianAndNotKnownWhereThatIsZero() {
        Peers peers = Peers.among(windows(List.of(
                working("engineer", 2),
                working("engineer", 2),
                working("engineer", 3),
                working("designer", 0),
                working("designer", 0),
                working("designer", 9),
                working("unknown", 8))));

        assertThat(peers.impactOrNull(working("engineer", 3))).isEqualTo(1.5);
        assertThat(peers.impactOrNull(working("designer", 9))).isNull();
        assertThat(peers.impactOrNull(working("unknown", 8)))
                .as("of an unknown role, over everybody's median")
                .isEqualTo(4);
    }

    @Test
    void whatMovesMostPeersIsTheirMoveAndNotAPersons() {
        int cached = FeatureSet.names().indexOf("cache_read_share");
        double[] now = new double[FeatureSet.DIRECTED.size()];
        now[cached] = 0.25;
        List<OwnWindow> moved = new ArrayList<>();
        for (int person = 0; person < 21; person++) {
            double[] earlier = new double[now.length];
            earlier[cached] = person < 15 ? 0.75 : 0.25;
            moved.add(new OwnWindow(END, "p", "t", "o", "engineer", 28, 20, 1, null, 0, 1, now, earlier, null));
        }
        moved.add(window("engineer", now));

        assertThat(Peers.among(windows(moved)).besideOrNull(END, "engineer").moves()[cached])
                .isEqualTo(-0.5);
        assertThat(Peers.among(windows(List.of(window("engineer", now))))
                        .besideOrNull(END, "engineer")
                        .moves())
                .as("nobody has earlier weeks")
                .containsOnly(0);
    }

    /** Returns the spreads of {@code people} alike in all but {@code odd} people's value of one feature. */
    private static double[] spreads(int people, int feature, double common, int odd, double oddValue) {
        List<OwnWindow> windows = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            double[] values = new double[FeatureSet.DIRECTED.size()];
            values[feature] = person < odd ? oddValue : common;
            windows.add(window("engineer", values));
        }
        return Peers.among(windows(windows)).besideOrNull(END, "engineer").spreads();
    }

    private static JavaRDD<OwnWindow> windows(List<OwnWindow> windows) {
        return new JavaSparkContext(TestSession.spark().sparkContext()).parallelize(windows, 3);
    }

    private static OwnWindow window(String role, double[] values) {
        return window(role, 0, values);
    }

    private static OwnWindow working(String role, double outcomes) {
        return window(role, outcomes, new double[FeatureSet.DIRECTED.size()]);
    }

    private static OwnWindow window(String role, double outcomes, double[] values) {
        return new OwnWindow(END, "p", "t", "o", role, 28, 20, 1, null, outcomes, 1, values, null, null);
    }
}
