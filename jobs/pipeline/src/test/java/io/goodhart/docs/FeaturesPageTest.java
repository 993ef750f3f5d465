package io.goodhart.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.FeatureSet;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FeaturesPageTest {
    @Test
    void thePageOfTheFeaturesIsCurrent() throws IOException {
        GeneratedPage.requireCurrent("features.md", FeaturesPage.text());
    }

    @Test
    void everyFeatureHasItsLine() {
        assertThat(FeatureSet.names())
                .allSatisfy(name -> assertThat(FeaturesPage.text()).containsOnlyOnce("\n| " + name + " | "));
    }
}
