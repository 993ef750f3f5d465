package io.goodhart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
    @Test
    void treesOfTheForestThatJudgesAreNoLargerThanThoseOfTheForestsThatTheNullIsLearnedWith() {
        assertThat(TrainingStep.sampleSize(1_024, List.of(170L, 180L, 160L, 175L, 165L)))
                .isEqualTo(670);
        assertThat(TrainingStep.sampleSize(1_024, List.of(300L, 300L, 300L, 300L, 300L)))
                .isEqualTo(1_024);
    }

    @Test
    void whereAllAreOfOnePartTheNullIsLearnedWithTheForestThatJudges() {
        assertThat(TrainingStep.sampleSize(1_024, List.of(250L))).isEqualTo(250);
    }
}
