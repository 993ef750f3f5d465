package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.features.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class WordsTest {
    static final List<Feature> FEATURES = FeatureSet.DIRECTED;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SHARE; 0.61; 61 %",
                "SHARE; 0; 0 %",
                "SHARE; 0.1; 10 %",
                "SHARE; 0.0125; 1.2 %",
                "SHARE; 1; 100 %",
                "TOKENS; 950; 950",
                "TOKENS; 1200; 1.2 thousand",
                "TOKENS; 3400000; 3.4 million",
                "LINES; 20000; 20 thousand",
                "SHARE; 0.0002; under 0.1 %",
                "SHARE; 0.997; over 99 %",
                "VARIATION; 0.12; 12 %",
                "TOKENS; 0.3; 0.3",
                "TOKENS; 999950; 1 million",
                "TOKENS; 1250000000; 1.2 billion",
                "USD; 1234.567; 1,234.57",
                "USD; 0; 0.00",
                "COUNT; 1; 1.0",
                "COUNT; 0; 0",
                "COUNT; 9.94; 9.9",
                "COUNT; 10.4; 10",
                "FOLD; 2.5; 2.5",
            })
    void amountsAreRoundedForReading(Unit unit, double value, String words) {
        assertThat(Words.amount(unit, value)).isEqualTo(words);
    }

    @Test
    void aReasonSaysTheValueThePeersAndTheOwnEarlierWeeks() {
        Feature active = feature("active_day_share");

        assertThat(Words.reason(active, 0.61, 0.02, 0.01))
                .isEqualTo("active on 61 % of days (role peers: 2 %; own earlier weeks: 1 %)");
        assertThat(Words.reason(active, 0.61, 0.02, null)).isEqualTo("active on 61 % of days (role peers: 2 %)");
    }

    @Test
    void allOfEightMergesAreToldAsAtLeastTwoThirdsForFourHonestOnesAreCreditedToThem() {
        assertThat(Words.reason(feature("small_merge_share"), 8 / 12.0, 0, null))
                .isEqualTo("at least 67 % of merges changed ten lines or fewer (role peers: 0 %)");
    }

    @Test
    void theSameShareOfAShorterTimeReadsAsNoChange() {
        assertThat(Words.reason(feature("premium_share"), 40 / 60.0, 0.02, 80 / 100.0))
                .isEqualTo("at least 67 % of requests went to the dearest models"
                        + " (role peers: at least 2 %; own earlier weeks: at least 80 %)");
        assertThat(Words.change(feature("premium_share"), 80 / 100.0, 40 / 60.0))
                .isEqualTo("at least 67 % of requests went to the dearest models (then: at least 80 %)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tokens_an_outcome; 0; 0 tokens an outcome",
                "tokens_an_outcome; 1200; at least 1.2 thousand tokens an outcome",
                "answer_length; 500; answers of at least 500 tokens in the mean",
                "lines_a_kept_line; 1; 1.0 lines were suggested for each one kept",
                "lines_a_kept_line; 25; at least 25 lines were suggested for each one kept",
                "uncached_rise; 0.5; the share of input that no cache served was 0.5 times that of own earlier weeks",
                "night_share; 0.997; over 99 % of requests began at night",
                "night_share; 0.0002; under 0.1 % of requests began at night",
                "output_a_request; 50; 50 tokens of output a request",
                "cache_read_share; 0.2; 20 % of input came from cache",
            })
    void onlyWhatIsCreditedIsToldAsTheLeastThatItIs(String name, double value, String said) {
        assertThat(Words.reason(feature(name), value, 0, null)).startsWith(said + " (");
    }

    private static Feature feature(String name) {
        return FEATURES.get(FeatureSet.names().indexOf(name));
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void everyFeatureHasAReasonInWords(Feature feature) {
        assertThat(Words.reason(feature, 0.5, 0.25, 0.125))
                .contains(Words.amount(feature.unit(), 0.5))
                .doesNotContain("%s", "%%", "NaN")
                .endsWith(")");
    }
}
