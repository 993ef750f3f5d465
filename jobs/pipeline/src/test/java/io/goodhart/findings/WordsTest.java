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
        Feature night = FEATURES.get(FeatureSet.names().indexOf("night_share"));

        assertThat(Words.reason(night, 0.61, 0.02, 0.01))
                .isEqualTo("61 % of requests began at night (role peers: 2 %; own earlier weeks: 1 %)");
        assertThat(Words.reason(night, 0.61, 0.02, null))
                .isEqualTo("61 % of requests began at night (role peers: 2 %)");
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
