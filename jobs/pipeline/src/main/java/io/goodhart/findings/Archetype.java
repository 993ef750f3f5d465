package io.goodhart.findings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A named behaviour of the catalogue: what is known in public of how token counts are gamed, and which features carry it.
 *
 * @param id stable id, and the {@code pattern_id} of findings that match
 * @param name for people
 * @param description what such usage looks like; unusual, never guilty
 * @param weights the squared distances from peers that it is expected to leave, by feature, up to a factor
 */
public record Archetype(String id, String name, String description, Map<String, Double> weights) {
    /** How alike a signature must be, as a cosine, to bear an archetype's name. */
    private static final double NAMED_FROM = 0.5;

    /** By how much, as a cosine, another pattern must fit better before a finding leaves the one that it had the night before. */
    static final double LOYALTY = 0.35;

    private static final Set<String> OF_TINY_REQUESTS = Set.of("timer_ping", "ping_pong", "threshold_sitting");
    private static final Set<String> OF_DEARER_TOKENS = Set.of("cache_busting");

    private static final List<Archetype> CATALOGUE = List.of(
            of(
                    "runaway_loop",
                    "Runaway loop",
                    "An agent at work around the clock, with even pauses and little to show for it",
                    "active_hours_a_day",
                    1,
                    "streak_minutes",
                    1,
                    "steady_gap_share",
                    1,
                    "agent_share",
                    1,
                    "night_share",
                    0.7,
                    "weekend_share",
                    0.7,
                    "same_size_share",
                    0.5,
                    "tokens_a_day",
                    0.4,
                    "requests_an_active_day",
                    0.4),
            of(
                    "timer_ping",
                    "Timer ping",
                    "Tiny prompts at the pace of a timer, a handful of texts again and again",
                    "timer_gap_share",
                    1.2,
                    "steady_gap_share",
                    0.8,
                    "tiny_share",
                    0.7,
                    "top_prompt_share",
                    0.7,
                    "repeated_prompt_share",
                    0.7,
                    "active_hours_a_day",
                    0.4),
            of(
                    "duplicate_prompts",
                    "Duplicate prompts",
                    "The same prompts sent over and over",
                    "repeated_prompt_share",
                    1,
                    "top_prompt_share",
                    1,
                    "replayed_prompt_share",
                    0.5,
                    "same_size_share",
                    0.5),
            of(
                    "context_stuffing",
                    "Context stuffing",
                    "Huge inputs pasted for scant answers",
                    "stuffed_share",
                    1,
                    "input_per_output",
                    1,
                    "output_a_request",
                    0.6,
                    "cost_a_million_tokens",
                    0.3,
                    "cache_read_share",
                    0.3),
            of(
                    "cache_busting",
                    "Cache busting",
                    "Input that used to come from cache is paid for anew",
                    "cache_read_share",
                    1.2,
                    "cost_a_million_tokens",
                    0.6,
                    "uncached_rise",
                    1,
                    "input_per_output",
                    0.4,
                    "cost_a_day",
                    0.3),
            of(
                    "discard_generation",
                    "Discarded generation",
                    "Code generated in bulk of which next to nothing is kept",
                    "lines_a_kept_line",
                    1,
                    "dropped_lines_a_day",
                    1,
                    "tokens_an_outcome",
                    0.3),
            of(
                    "premium_trivial",
                    "Premium models for trivia",
                    "The dearest models for the smallest questions",
                    "premium_trivial_share",
                    1.2,
                    "premium_share",
                    1,
                    "cost_a_million_tokens",
                    0.6),
            of(
                    "snapshot_burst",
                    "Snapshot burst",
                    "Most tokens fall just before the board is read",
                    "snapshot_share",
                    1,
                    "snapshot_tokens_contrast",
                    1,
                    "snapshot_requests_contrast",
                    1),
            of(
                    "threshold_sitting",
                    "Threshold sitting",
                    "A request or two a week: just enough to count as active",
                    "bare_week_share",
                    1),
            of(
                    "cap_calibration",
                    "Cap calibration",
                    "Weeks that end just under a cap or just over a floor",
                    "bar_week_share",
                    1,
                    "bar_recent_share",
                    1,
                    "bar_closeness",
                    1,
                    "bar_month_share",
                    1,
                    "week_variation",
                    0.8,
                    "same_size_share",
                    0.5,
                    "same_answer_share",
                    0.5),
            of(
                    "ping_pong",
                    "Ping-pong",
                    "Thousands of tiny requests in shallow sessions",
                    "tiny_share",
                    1,
                    "tiny_requests_an_active_day",
                    1,
                    "requests_an_active_day",
                    0.7,
                    "requests_a_session",
                    0.4,
                    "output_a_request",
                    0.4),
            of(
                    "rotated_accounts",
                    "Rotated credentials",
                    "Sessions that go on under one credential after another",
                    "rotated_day_share",
                    1.2,
                    "credentials_an_active_day",
                    1,
                    "crowded_share",
                    0.7),
            of(
                    "output_splitting",
                    "Output splitting",
                    "Many merges of a few lines, merged in minutes or undone later",
                    "small_merge_share",
                    1,
                    "small_merges_a_week",
                    1,
                    "reverted_merge_share",
                    0.7,
                    "reverted_share",
                    0.7,
                    "quick_merge_share",
                    0.6,
                    "self_merge_share",
                    0.4),
            of(
                    "model_fanout",
                    "Model fan-out",
                    "One prompt to every model",
                    "fanout_share",
                    1.2,
                    "repeated_prompt_share",
                    0.6,
                    "top_prompt_share",
                    0.3),
            of(
                    "scheduled_bot",
                    "Scheduled job",
                    "A job that runs by the clock, weekends and nights alike, at an even cost",
                    "scheduled_share",
                    1.2,
                    "steady_gap_share",
                    0.5,
                    "weekend_share",
                    0.7,
                    "same_minute_share",
                    1,
                    "day_variation",
                    0.7,
                    "active_day_share",
                    0.6,
                    "night_share",
                    0.5,
                    "same_size_share",
                    0.5,
                    "same_answer_share",
                    0.5,
                    "replayed_prompt_share",
                    0.3),
            of(
                    "collusive_ring",
                    "Shared prompts",
                    "Prompts that several people send in the same week, and merges that they wave through for one another",
                    "shared_prompt_share",
                    1.2,
                    "reciprocal_merge_share",
                    0.8,
                    "self_merge_share",
                    0.3,
                    "quick_merge_share",
                    0.4),
            of(
                    "risky_unsupervised",
                    "Unsupervised agents",
                    "Agents that deploy, delete or send with nobody's approval",
                    "unapproved_share",
                    1,
                    "unapproved_risky_a_week",
                    1,
                    "undone_action_share",
                    0.4));

    /** Returns the catalogue. */
    public static List<Archetype> catalogue() {
        return CATALOGUE;
    }

    /** Returns the archetype with this id, if there is one. */
    static Optional<Archetype> called(String id) {
        return CATALOGUE.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Returns the archetype that {@code signature} is most like, if it is like one. */
    static Optional<Archetype> closestTo(Signature signature) {
        return closestTo(signature, "");
    }

    /**
     * Returns the archetype that {@code signature} is most like, if it is like one. Who had a name the night before keeps it as long as it
     * fits nearly as well as the best; who had a pattern without a name is named only when a name clearly fits.
     *
     * @param idBefore the pattern of the night before; empty: none
     */
    static Optional<Archetype> closestTo(Signature signature, String idBefore) {
        Archetype best = null;
        boolean wasUnnamed = !idBefore.isEmpty() && called(idBefore).isEmpty();
        double most = NAMED_FROM + (wasUnnamed ? LOYALTY : 0);
        for (Archetype archetype : CATALOGUE) {
            double alike =
                    signature.cosine(archetype.signature()) + (archetype.id().equals(idBefore) ? LOYALTY : 0);
            if (alike > most) {
                most = alike;
                best = archetype;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns whether a finding is like this behaviour, whatever it was the night before. */
    boolean isLike(Signature found) {
        return found.cosine(signature()) > NAMED_FROM;
    }

    /** Returns whether the behaviour consists of tiny requests alone: it costs next to nothing, however much else the person uses. */
    boolean ofTinyRequests() {
        return OF_TINY_REQUESTS.contains(id);
    }

    /** Returns whether the behaviour makes tokens dearer and adds none: its waste is in their price. */
    boolean ofDearerTokens() {
        return OF_DEARER_TOKENS.contains(id);
    }

    /** Returns what the behaviour is expected to leave, as a direction. */
    Signature signature() {
        return Signature.expected(weights);
    }

    private static Archetype of(String id, String name, String description, Object... weights) {
        Map<String, Double> byFeature = new TreeMap<>();
        for (int i = 0; i < weights.length; i += 2) {
            byFeature.put((String) weights[i], ((Number) weights[i + 1]).doubleValue());
        }
        if (!io.goodhart.features.FeatureSet.names().containsAll(byFeature.keySet())) {
            throw new IllegalArgumentException(id + " names a feature that is not there: " + Arrays.toString(weights));
        }
        return new Archetype(id, name, description, byFeature);
    }
}
