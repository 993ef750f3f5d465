package io.goodhart.findings;

import static java.util.Map.entry;

import io.goodhart.features.Feature;
import io.goodhart.features.Feature.Family;
import io.goodhart.features.FeatureSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What would clear a finding: for each of its reasons the honest explanation that is worth asking for, and where it is to be recorded, so
 * that the next night knows it.
 */
public final class Clearing {
    private static final Map<Family, String> OF_FAMILY = Map.of(
            Family.VOLUME,
            "Heavy work that was planned: announce it in declared_workloads for these days.",
            Family.CHANGE,
            "A new project or role: announce it in declared_workloads for these days.",
            Family.SHAPE,
            "A client that counts its requests or tokens otherwise: check what its collector reports in usage_events.",
            Family.TEMPO,
            "A job or a service that runs under this person's id: announce it in declared_workloads for as long as it runs.",
            Family.REPETITION,
            "A test suite, template or migration that repeats prompts on purpose: announce it in declared_workloads.",
            Family.MODELS,
            "A model or a key that the person was told to use: judge it planned_activity in dispositions.",
            Family.YIELD,
            "Outcomes that no source reports: deliver them as productivity_events.",
            Family.CALENDAR,
            "A board, cap or floor that does not hold for this person: mend its scope or dates in policy_events.",
            Family.AGENTS,
            "Approvals or schedules that no source records: deliver approval in agent_actions, announce the job in declared_workloads.");

    private static final String CLOCK =
            "Hours on another clock or shift: mend the person's timezone in people, or enter on-call duty in absences.";
    private static final String LINES =
            "A tool whose edits bypass acceptance: its collector must leave lines_accepted empty in usage_events or usage_daily, not 0.";
    private static final String MERGES =
            "Small, quick or undone merges that the team has agreed on, such as dependency updates: judge them benign in dispositions.";
    private static final String ROUTINE =
            "Work that comes on the same weekdays, or in the same measure, every week: announce it in declared_workloads for these days.";
    private static final Map<String, String> OF_FEATURE = Map.ofEntries(
            entry("night_share", CLOCK),
            entry("weekend_share", CLOCK),
            entry("lines_a_kept_line", LINES),
            entry("dropped_lines_a_day", LINES),
            entry("reverted_merge_share", MERGES),
            entry("reverted_share", MERGES),
            entry("small_merge_share", MERGES),
            entry("small_merges_a_week", MERGES),
            entry("quick_merge_share", MERGES),
            entry("self_merge_share", MERGES),
            entry("reciprocal_merge_share", MERGES),
            entry("bare_week_share", "Leave or a holiday in those weeks that nobody entered: enter it in absences."),
            entry("weekday_share", "A part-time contract that is not entered: mend the person's fte in people."),
            entry("two_weekdays_token_share", ROUTINE),
            entry("week_variation", ROUTINE));

    private Clearing() {}

    /**
     * Returns one sentence for each honest explanation, in the order of the reasons, and how an analyst's word is recorded.
     *
     * @param features names of the features among the reasons; others are passed over
     * @param patternId the finding's pattern
     */
    public static List<String> of(Collection<String> features, String patternId) {
        List<String> sentences = new ArrayList<>(features.stream()
                .flatMap(name -> FeatureSet.called(name).stream())
                .map(Clearing::of)
                .distinct()
                .toList());
        sentences.add(
                "Whatever the reason, once it is known: a row in dispositions, benign or planned_activity, for pattern "
                        + patternId + " or for all, until suppress_until.");
        return sentences;
    }

    static String of(Feature feature) {
        return OF_FEATURE.getOrDefault(feature.name(), OF_FAMILY.get(feature.family()));
    }
}
