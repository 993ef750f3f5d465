package io.goodhart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStoreTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "3, 4", "4, 5", "5, 7", "8, 10", "16, 20"})
    void aModelIsOutgrownWhereAQuarterMoreWindowEndsCanBeLearnedFrom(int then, int now) {
        assertThat(ModelStore.isOutgrown(then, now)).isTrue();
        assertThat(ModelStore.isOutgrown(then, now - 1)).isFalse();
    }

    @Test
    void aModelThatDoesNotTellIsOutgrown() {
        assertThat(ModelStore.isOutgrown(0, 1)).isTrue();
    }

    @Test
    void aHistoryThatNoLongerGrowsOutgrowsNoModel() {
        assertThat(ModelStore.isOutgrown(20, 20)).isFalse();
        assertThat(ModelStore.isOutgrown(20, 19)).isFalse();
    }
}
