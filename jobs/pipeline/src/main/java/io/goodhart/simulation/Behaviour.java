package io.goodhart.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways to game, as the catalogue lists them, each with what it does to a day. */
public enum Behaviour {
    RUNAWAY_LOOP(true, TokenBurning::runawayLoop),
    TIMER_PING(false, ActivityFaking::timerPing),
    DUPLICATE_PROMPTS(false, ActivityFaking::duplicatePrompts),
    CONTEXT_STUFFING(true, TokenBurning::contextStuffing),
    CACHE_BUSTING(true, TokenBurning::cacheBusting),
    DISCARD_GENERATION(true, TokenBurning::discardGeneration),
    PREMIUM_TRIVIAL(false, TokenBurning::premiumTrivial),
    SNAPSHOT_BURST(true, TokenBurning::snapshotBurst),
    THRESHOLD_SITTING(false, ActivityFaking::thresholdSitting),
    CAP_CALIBRATION(true, RuleBending::capCalibration),
    PING_PONG(false, ActivityFaking::pingPong),
    ROTATED_ACCOUNTS(true, RuleBending::rotatedAccounts),
    OUTPUT_SPLITTING(true, RuleBending::outputSplitting),
    MODEL_FANOUT(false, ActivityFaking::modelFanout),
    SCHEDULED_BOT(true, ActivityFaking::scheduledBot),
    COLLUSIVE_RING(true, RuleBending::collusiveRing),
    RISKY_UNSUPERVISED(true, RuleBending::riskyUnsupervised);

    /** All behaviours, in the catalogue's order. */
    public static final List<Behaviour> ALL = List.of(values());

    /** Whether only engineers show it. */
    final boolean engineers;

    @SuppressWarnings("ImmutableEnumChecker") // the references above hold no state
    private final Injection injection;

    /** What a behaviour does to an honest day. */
    @FunctionalInterface
    private interface Injection {
        void into(PersonDay day, Gaming gaming, Draw draw);
    }

    Behaviour(boolean engineers, Injection injection) {
        this.engineers = engineers;
        this.injection = injection;
    }

    /** Returns the name in the catalogue and in truth. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the behaviour with this name, if there is one. */
    public static Optional<Behaviour> called(String id) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.id().equals(id))
                .findFirst();
    }

    void inject(PersonDay day, Gaming gaming, Draw draw) {
        injection.into(day, gaming, draw);
    }
}
