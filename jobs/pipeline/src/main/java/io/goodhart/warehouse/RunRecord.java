package io.goodhart.warehouse;

import io.goodhart.failures.ExitCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as it stands in table {@code runs}; the components are that table's columns. Immutable: each step returns the record that knows
 * more.
 */
public record RunRecord(
        String runId,
        LocalDate runDate,
        Instant started,
        Optional<Instant> finished,
        State state,
        Optional<Integer> exitCode,
        Optional<String> message,
        String codeVersion,
        Map<String, String> config,
        Map<String, String> inputFingerprints,
        Map<String, Long> counts,
        Optional<String> modelId,
        Optional<String> priorRunId,
        Map<String, Double> stepSeconds) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    /** How far a run has come. A run that has a row is at least staged, or has failed. */
    public enum State {
        /** Everything is staged and is being switched in; who finds it so with a dead owner completes it. */
        PUBLISHING("publishing"),
        /** Its tables are the date's tables, until a later run of the date. */
        PUBLISHED("published"),
        /** It left without publishing. */
        FAILED("failed");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public RunRecord {
        config = Map.copyOf(config);
        inputFingerprints = Map.copyOf(inputFingerprints);
        counts = Map.copyOf(counts);
        stepSeconds = Map.copyOf(stepSeconds);
    }

    /** Returns the record of a run that begins at {@code now}. Run ids sort by the time that their runs began. */
    public static RunRecord begin(LocalDate runDate, Instant now, String codeVersion, Map<String, String> config) {
        String runId = STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new RunRecord(
                runId,
                runDate,
                now.truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                State.PUBLISHING,
                Optional.empty(),
                Optional.empty(),
                codeVersion,
                config,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** Returns the record with what the run reads: its input, and the earlier run that it goes on from. */
    public RunRecord reading(Map<String, String> fingerprints, Optional<String> prior) {
        return new RunRecord(
                runId,
                runDate,
                started,
                finished,
                state,
                exitCode,
                message,
                codeVersion,
                config,
                fingerprints,
                counts,
                modelId,
                prior,
                stepSeconds);
    }

    /** Returns the record with the model that scored; empty: none did. */
    public RunRecord scoredBy(Optional<String> model) {
        return new RunRecord(
                runId,
                runDate,
                started,
                finished,
                state,
                exitCode,
                message,
                codeVersion,
                config,
                inputFingerprints,
                counts,
                model,
                priorRunId,
                stepSeconds);
    }

    /** Returns the record with rows by what became of them. */
    public RunRecord counting(Map<String, Long> rows) {
        return new RunRecord(
                runId,
                runDate,
                started,
                finished,
                state,
                exitCode,
                message,
                codeVersion,
                config,
                inputFingerprints,
                rows,
                modelId,
                priorRunId,
                stepSeconds);
    }

    /** Returns the record with how long each step took. */
    public RunRecord timed(Map<String, Double> seconds) {
        return new RunRecord(
                runId,
                runDate,
                started,
                finished,
                state,
                exitCode,
                message,
                codeVersion,
                config,
                inputFingerprints,
                counts,
                modelId,
                priorRunId,
                seconds);
    }

    /** Returns the record with what the run has to say. */
    public RunRecord saying(String text) {
        return ended(finished, state, exitCode, Optional.of(text));
    }

    RunRecord published(Instant now) {
        return ended(Optional.of(now), State.PUBLISHED, Optional.of(ExitCode.DONE.code()), message);
    }

    RunRecord failed(Instant now, int code, String why) {
        return ended(Optional.of(now), State.FAILED, Optional.of(code), Optional.of(why));
    }

    private RunRecord ended(Optional<Instant> at, State how, Optional<Integer> code, Optional<String> why) {
        return new RunRecord(
                runId,
                runDate,
                started,
                at.map(instant -> instant.truncatedTo(ChronoUnit.MICROS)),
                how,
                code,
                why,
                codeVersion,
                config,
                inputFingerprints,
                counts,
                modelId,
                priorRunId,
                stepSeconds);
    }
}
