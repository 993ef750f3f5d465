package io.goodhart.jobs;

import io.goodhart.features.FeatureSettings;
import io.goodhart.features.PackedWeeks;
import io.goodhart.features.WindowFeatures;
import io.goodhart.session.Settings;
import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known on the run date: the landing, up to date, and what else windows are cut from.
 *
 * @param run the run that it is for
 * @param dimensions the input tables that are read whole
 * @param start first day of the landing that the run may read
 * @param health rows of {@code source_health}
 */
record History(Run run, Dimensions dimensions, LocalDate start, List<Row> health) {
    private static final String TOO_LITTLE_HISTORY = "too_little_history";
    private static final String NO_OUTPUT_SOURCE = "no_output_source";

    /** Returns what windows are made from, to be closed after use. */
    WindowFeatures features() {
        return ofWeeks(new WeekStep(
                        run.warehouse(), run.days().historyFrom(), run.days().runDate())
                .weeks());
    }

    /** Returns what windows would be made from, were these the rows of the landing; to be closed after use. */
    WindowFeatures features(Dataset<Row> personDays) {
        return ofWeeks(PackedWeeks.of(personDays.where(run.days().inHistory(PersonDays.EVENT_DATE.col()))));
    }

    private WindowFeatures ofWeeks(Dataset<Row> personWeeks) {
        Settings settings = run.settings();
        return new WindowFeatures(
                personWeeks,
                dimensions.people(),
                dimensions.absences(),
                dimensions.policyEvents(),
                dimensions.modelPrices(),
                health,
                start,
                run.days().runDate(),
                new FeatureSettings(
                        settings.windows().windowDays(),
                        settings.windows().baselineDays(),
                        settings.windows().minimumObservedDays(),
                        settings.outcomeWeights()));
    }

    /** Returns why nobody at all can be judged, if so, as the tables say it. */
    Optional<String> noVerdict(Optional<TrainedModel> model) {
        if (model.isEmpty() || start.isAfter(run.days().windowStart())) {
            return Optional.of(TOO_LITTLE_HISTORY);
        }
        boolean hasOutput = !run.warehouse()
                .read(PersonDays.CONTRACT)
                .where(run.days()
                        .inWindow(PersonDays.EVENT_DATE.col())
                        .and(PersonDays.COMMITS.col().isNotNull()))
                .isEmpty();
        return hasOutput ? Optional.empty() : Optional.of(NO_OUTPUT_SOURCE);
    }

    /** Returns such a reason in words. */
    static String words(String reason) {
        return reason.equals(TOO_LITTLE_HISTORY)
                ? "nobody is judged yet: there is too little history to learn from"
                : "nobody is judged: no source reported any output in the window";
    }
}
