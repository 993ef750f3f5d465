package io.goodhart.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter printed = new StringWriter();
    private final Progress progress = new Progress(Optional.empty(), new PrintWriter(printed));

    @Test
    void aStepIsALineOfWhatRowsAndSeconds() {
        List<String> result = progress.step("score", () -> List.of("a", "b"), List::size);
        progress.step("publish", () -> {});

        assertThat(result).containsExactly("a", "b");
        assertThat(printed.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("score +2 rows +\\d+\\.\\d s"),
                        line -> assertThat(line).matches("publish +\\d+\\.\\d s"));
        assertThat(progress.seconds()).containsOnlyKeys("score", "publish");
    }

    @Test
    void aStepThatFailsIsTimedAndNotPrinted() {
        assertThatThrownBy(() -> progress.step("land", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(printed.toString()).isEmpty();
        assertThat(progress.seconds()).containsOnlyKeys("land");
    }
}
