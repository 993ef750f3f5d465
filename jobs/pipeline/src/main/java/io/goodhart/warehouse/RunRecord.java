package io.goodhart.warehouse;

import io.goodhart.failures.ExitCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A run as it stands in table {@code runs}. Immutable: each step returns the record that knows more.
 *
 * @param begun what was known when it began, and never changes
 * @param known what it has learned since
 * @param end how far it has come
 */
public record RunRecord(Begun begun, Known known, End end) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    /** How far a run has come. */
    public enum State {
        /** It is at work; who finds it so with a dead owner writes down that it failed. */
        RUNNING,
        /** Everything is staged and is being switched in; who finds it so with a dead owner completes it. */
        PUBLISHING,
        /** Its tables are the date's tables, until a later run of the date. */
        PUBLISHED,
        /** It has made a model and published no night. */
        TRAINED,
        /** It left without publishing. */
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** What is known of a run when it begins. */
    public record Begun(
            String runId, LocalDate runDate, Instant started, String codeVersion, Map<String, String> config) {
        public Begun {
            config = sorted(config);
        }
    }

    /**
     * What a run learns on its way.
     *
     * @param inputFingerprints a hash of the files read, by input table
     * @param priorRunId the earlier run that it goes on from
     * @param modelId the model that scored, or that was trained
     * @param counts rows by what became of them, and columns that nobody read
     * @param stepSeconds how long each step took
     */
    public record Known(
            Map<String, String> inputFingerprints,
            Optional<String> priorRunId,
            Optional<String> modelId,
            Map<String, Long> counts,
            Map<String, Double> stepSeconds) {
        public Known {
            inputFingerprints = sorted(inputFingerprints);
            counts = sorted(counts);
            stepSeconds = sorted(stepSeconds);
        }
    }

    /** How a run stands. */
    public record End(State state, Optional<Integer> exitCode, Optional<String> message, Optional<Instant> finished) {}

    /** Returns the record of a run that begins at {@code now}. Run ids sort by the time that their runs began. */
    public static RunRecord begin(LocalDate runDate, Instant now, String codeVersion, Map<String, String> config) {
        String runId = STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new RunRecord(
                new Begun(runId, runDate, micros(now), codeVersion, config),
                new Known(Map.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of()),
                new End(State.RUNNING, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    public String runId() {
        return begun.runId();
    }

    public LocalDate runDate() {
        return begun.runDate();
    }

    public Instant started() {
        return begun.started();
    }

    public State state() {
        return end.state();
    }

    /** Returns the record with what the run reads: its input, and the earlier run that it goes on from. */
    public RunRecord reading(Map<String, String> fingerprints, Optional<String> prior) {
        return knowing(new Known(fingerprints, prior, known.modelId(), known.counts(), known.stepSeconds()));
    }

    /** Returns the record with the model that scored; empty: none did. */
    public RunRecord scoredBy(Optional<String> model) {
        return knowing(
                new Known(known.inputFingerprints(), known.priorRunId(), model, known.counts(), known.stepSeconds()));
    }

    /** Returns the record with these counts beside those that it has. */
    public RunRecord counting(Map<String, Long> more) {
        Map<String, Long> counts = new HashMap<>(known.counts());
        counts.putAll(more);
        return knowing(
                new Known(known.inputFingerprints(), known.priorRunId(), known.modelId(), counts, known.stepSeconds()));
    }

    /** Returns the record with how long each step took. */
    public RunRecord timed(Map<String, Double> seconds) {
        return knowing(
                new Known(known.inputFingerprints(), known.priorRunId(), known.modelId(), known.counts(), seconds));
    }

    /** Returns the record with what the run has to say. */
    public RunRecord saying(String text) {
        return ending(new End(end.state(), end.exitCode(), Optional.of(text), end.finished()));
    }

    RunRecord publishing() {
        return ending(new End(State.PUBLISHING, end.exitCode(), end.message(), end.finished()));
    }

    RunRecord published(Instant now) {
        return done(State.PUBLISHED, now);
    }

    RunRecord trained(Instant now) {
        return done(State.TRAINED, now);
    }

    RunRecord failed(Instant now, int code, String why) {
        return ending(new End(State.FAILED, Optional.of(code), Optional.of(why), Optional.of(micros(now))));
    }

    /** Returns the record of a run whose process was killed: with what code, and when, nobody saw. */
    RunRecord died() {
        return ending(new End(
                State.FAILED,
                Optional.empty(),
                Optional.of("its process ended before it had begun to publish; nothing was published"),
                Optional.empty()));
    }

    private RunRecord done(State how, Instant now) {
        return ending(new End(how, Optional.of(ExitCode.DONE.code()), end.message(), Optional.of(micros(now))));
    }

    private RunRecord knowing(Known more) {
        return new RunRecord(begun, more, end);
    }

    private RunRecord ending(End other) {
        return new RunRecord(begun, known, other);
    }

    /** Returns a copy that reads the same in every process. */
    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** Returns the instant as the table keeps it. */
    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
