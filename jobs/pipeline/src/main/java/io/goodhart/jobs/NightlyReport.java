package io.goodhart.jobs;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a night found, without its people.
 *
 * @param people people with a window
 * @param judged those of them with a verdict
 * @param flagged findings in rank
 * @param suppressed findings kept out of rank
 * @param input the rows that came in over the window, and what became of them, a line a table
 * @param message what the run has to say, such as why nobody was judged
 */
public record NightlyReport(
        LocalDate runDate,
        String runId,
        Optional<String> modelId,
        long people,
        long judged,
        long flagged,
        long suppressed,
        List<PatternLine> patterns,
        List<InputLine> input,
        Optional<String> message) {

    /** One pattern of the night. */
    public record PatternLine(String name, long people, long totalTokens, Optional<BigDecimal> wastedUsd) {}

    /**
     * One table of the input over the window: {@code rowsIn} is the sum of those that follow, up to {@code used}.
     *
     * @param unknownValues values of optional enumerations that were made null
     */
    public record InputLine(
            String table,
            long rowsIn,
            long rejected,
            long outOfWindow,
            long duplicate,
            long unmapped,
            long used,
            long unknownValues) {}

    public NightlyReport {
        patterns = List.copyOf(patterns);
        input = List.copyOf(input);
    }
}
