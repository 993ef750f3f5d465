package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.findings.Prior.KnownPattern;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Findings of a night that are strange for the same reasons.
 *
 * @param id stable from night to night: the archetype's, else that of the earlier pattern that it is like
 * @param firstSeen first run date with this pattern
 * @param known whether it bears an archetype's name
 * @param members its findings
 */
record Pattern(
        String id,
        String name,
        String description,
        Signature signature,
        LocalDate firstSeen,
        boolean known,
        List<Candidate> members) {

    private static final double SAME_AS_BEFORE = 0.7;
    private static final int NAMING_FEATURES = 2;

    /** Returns the patterns of a night. {@code candidates} in the order of the findings. */
    static List<Pattern> among(List<Candidate> candidates, Prior prior, LocalDate runDate) {
        List<Signature> signatures = candidates.stream()
                .map(candidate -> candidate.evidence().signature())
                .toList();
        TreeMap<String, List<Candidate>> named = new TreeMap<>();
        List<List<Candidate>> unnamed = new ArrayList<>();
        for (List<Integer> group : Clusters.of(signatures)) {
            List<Candidate> members = group.stream().map(candidates::get).toList();
            Signature centre =
                    Signature.centre(group.stream().map(signatures::get).toList());
            Optional<Archetype> archetype = Archetype.closestTo(centre);
            if (archetype.isPresent()) {
                named.computeIfAbsent(archetype.get().id(), absent -> new ArrayList<>())
                        .addAll(members);
            } else {
                unnamed.add(members);
            }
        }
        List<Pattern> patterns = new ArrayList<>();
        named.forEach((id, members) -> patterns.add(named(id, members, prior, runDate)));
        // an archetype's id is never that of a pattern without its name
        Set<String> taken =
                Archetype.catalogue().stream().map(Archetype::id).collect(Collectors.toCollection(HashSet::new));
        for (List<Candidate> members : unnamed) {
            patterns.add(unnamed(members, prior, runDate, taken));
        }
        return patterns;
    }

    /** Returns how well the pattern fits {@code candidate}, from 0 to 1. */
    double share(Candidate candidate) {
        return signature.cosine(candidate.evidence().signature());
    }

    private static Pattern named(String id, List<Candidate> members, Prior prior, LocalDate runDate) {
        Archetype archetype = Archetype.catalogue().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
        LocalDate firstSeen = prior.patterns().stream()
                .filter(pattern -> pattern.patternId().equals(id))
                .map(KnownPattern::firstSeen)
                .findFirst()
                .orElse(runDate);
        return new Pattern(
                id, archetype.name(), archetype.description(), centre(members), firstSeen, true, List.copyOf(members));
    }

    private static Pattern unnamed(List<Candidate> members, Prior prior, LocalDate runDate, Set<String> taken) {
        Signature centre = centre(members);
        Optional<KnownPattern> before = prior.patterns().stream()
                .filter(pattern -> !taken.contains(pattern.patternId()))
                .filter(pattern -> pattern.signature().cosine(centre) >= SAME_AS_BEFORE)
                .max(Comparator.<KnownPattern>comparingDouble(
                                pattern -> pattern.signature().cosine(centre))
                        .thenComparing(KnownPattern::patternId));
        List<Feature> carriers = centre.carriers(NAMING_FEATURES).stream()
                .map(FeatureSet.DIRECTED::get)
                .toList();
        String id = before.map(KnownPattern::patternId).orElseGet(() -> newId(members, runDate));
        taken.add(id);
        return new Pattern(
                id,
                carriers.stream()
                        .map(feature -> "unusual " + feature.name().replace('_', ' '))
                        .collect(Collectors.joining(" and ")),
                carriers.stream()
                        .map(feature -> feature.suspicious().name().toLowerCase(java.util.Locale.ROOT) + ": "
                                + feature.meaning())
                        .collect(Collectors.joining("; ", "Matches no named behaviour. ", "")),
                centre,
                before.map(KnownPattern::firstSeen).orElse(runDate),
                false,
                List.copyOf(members));
    }

    /** The date and the first member make a new pattern's id the same in every rerun of the night. */
    private static String newId(List<Candidate> members, LocalDate runDate) {
        String made = runDate + " "
                + members.stream()
                        .map(Candidate::personId)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        return "unnamed-"
                + UUID.nameUUIDFromBytes(made.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 8);
    }

    private static Signature centre(List<Candidate> members) {
        return Signature.centre(
                members.stream().map(member -> member.evidence().signature()).toList());
    }
}
