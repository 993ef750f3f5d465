package io.goodhart.jobs;

import io.goodhart.features.WindowFeatures;
import io.goodhart.jobs.NightlyJob.Training;
import java.util.Optional;

/** Finds the model that a night scores with: the recorded one on a rerun, else the newest in force, else a new one. */
final class ModelStep {
    private final Run run;
    private final ModelStore models;

    ModelStep(Run run, ModelStore models) {
        this.run = run;
        this.models = models;
    }

    /** Returns the model, or nothing where there are too few windows to learn from. */
    Optional<TrainedModel> model(Training training, WindowFeatures features, History history) {
        return run.progress()
                .step("model", () -> chosen(training, features, history), found -> found.isPresent() ? 1 : 0);
    }

    private Optional<TrainedModel> chosen(Training training, WindowFeatures features, History history) {
        TrainingStep trainingStep = new TrainingStep(run.settings(), models);
        return Optional.of(training)
                .filter(Training.WHEN_DUE::equals)
                .flatMap(due -> recorded().or(() -> inForce(trainingStep)))
                .or(() -> trainingStep.train(
                        features,
                        history.dimensions().declaredWorkloads(),
                        history.start(),
                        run.days().runDate(),
                        run.id()));
    }

    private Optional<TrainedModel> recorded() {
        return run.warehouse().recordedModel(run.days().runDate()).flatMap(models::find);
    }

    private Optional<TrainedModel> inForce(TrainingStep trainingStep) {
        return models.inForce(
                run.days().runDate(), run.settings().training().modelMaxAgeDays(), trainingStep.forestSettings());
    }
}
