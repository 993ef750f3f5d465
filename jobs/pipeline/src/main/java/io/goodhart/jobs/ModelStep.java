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
                .telling("model", () -> choice(training, features, history), Choice::how)
                .model();
    }

    private record Choice(Optional<TrainedModel> model, String how) {}

    private Choice choice(Training training, WindowFeatures features, History history) {
        TrainingStep trainingStep = new TrainingStep(run.settings(), models);
        if (training == Training.WHEN_DUE) {
            Optional<TrainedModel> recorded = run.warehouse()
                    .recordedModel(run.days().runDate())
                    .flatMap(modelId -> models.find(modelId, trainingStep.windowSettings()));
            if (recorded.isPresent()) {
                return new Choice(recorded, "as recorded");
            }
            Optional<TrainedModel> inForce = models.inForce(
                    run.days().runDate(),
                    run.settings().training().modelMaxAgeDays(),
                    trainingStep
                            .windowEnds(history.start(), run.days().runDate())
                            .size(),
                    trainingStep.forestSettings());
            if (inForce.isPresent()) {
                return new Choice(inForce, "in force");
            }
        }
        Optional<TrainedModel> trained = trainingStep.train(
                features,
                history.dimensions().declaredWorkloads(),
                history.start(),
                run.days().runDate(),
                run.id());
        return new Choice(trained, trained.isPresent() ? "trained" : "none");
    }
}
