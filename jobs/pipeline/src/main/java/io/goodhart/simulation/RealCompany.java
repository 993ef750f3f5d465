package io.goodhart.simulation;

import java.util.List;
import java.util.OptionalLong;

/**
 * What gaming in a real company adjusts itself to.
 *
 * @param models its models, the most used first, at least one
 * @param cheapest the one among them that costs least a token
 * @param dearest the one that costs most
 * @param middlingTokens tokens of a middling request
 * @param weeklyCap tokens that a person may use a week; empty: no cap
 * @param weeklyFloor tokens that a person is to use a week; empty: no minimum
 * @param snapshotDay ISO weekday on which the leaderboard is read
 * @param tellsOutcomes whether any outcomes are told
 * @param tellsActions whether any side effects of agents are told
 */
public record RealCompany(
        List<String> models,
        String cheapest,
        String dearest,
        double middlingTokens,
        OptionalLong weeklyCap,
        OptionalLong weeklyFloor,
        int snapshotDay,
        boolean tellsOutcomes,
        boolean tellsActions) {
    private static final int FANNED_MODELS = 4;

    public RealCompany {
        models = List.copyOf(models);
    }

    /** Returns whether the behaviour can be played at all, and be seen, on what this company tells. */
    public boolean knows(Behaviour behaviour) {
        return switch (behaviour) {
            case CAP_CALIBRATION -> weeklyCap.isPresent() || weeklyFloor.isPresent();
            case MODEL_FANOUT -> models.size() >= FANNED_MODELS;
            case OUTPUT_SPLITTING -> tellsOutcomes;
            case RISKY_UNSUPERVISED -> tellsActions;
            default -> true;
        };
    }

    /** Returns the company's model that plays the part of {@code model}; different ones as far as there are enough. */
    String playing(AiModel model) {
        return switch (model) {
            case EPIC -> dearest;
            case SWIFT -> cheapest;
            default -> {
                List<String> others = models.stream()
                        .filter(other -> !other.equals(dearest) && !other.equals(cheapest))
                        .toList();
                List<AiModel> parts = List.of(AiModel.SONG, AiModel.QUILL, AiModel.MINI, AiModel.GROVE);
                yield others.isEmpty() ? models.get(0) : others.get(parts.indexOf(model) % others.size());
            }
        };
    }

    Surroundings surroundings() {
        long floor = weeklyFloor.orElse(0);
        return new Surroundings(middlingTokens, weeklyCap.orElse(floor), floor, snapshotDay);
    }
}
