package io.goodhart.findings;

import io.goodhart.findings.Prior.KnownPattern;
import io.goodhart.findings.Prior.Ongoing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the patterns of the night before: which were born, split off, merged into another or retired.
 *
 * <p>It is told in the patterns' descriptions, and in counts. A pattern that is no more has one last row, without people.
 *
 * @param patterns the night's patterns, and those that are no more
 * @param counts how many were born, split, merged and retired
 */
record Lineage(List<Pattern> patterns, Map<String, Long> counts) {
    private static final String BORN = "patterns.born";
    private static final String SPLIT = "patterns.split";
    private static final String MERGED = "patterns.merged";
    private static final String RETIRED = "patterns.retired";

    /** Compares the patterns of a night with those that it goes on from. */
    static Lineage of(List<Pattern> patterns, Prior prior) {
        Map<String, Pattern> now = patterns.stream().collect(Collectors.toMap(Pattern::id, pattern -> pattern));
        Map<String, String> patternNow = new HashMap<>();
        patterns.forEach(
                pattern -> pattern.members().forEach(member -> patternNow.put(member.personId(), pattern.id())));
        Map<String, String> before =
                prior.patterns().stream().collect(Collectors.toMap(KnownPattern::patternId, KnownPattern::name));
        Map<String, Long> counts = new TreeMap<>(Map.of(BORN, 0L, SPLIT, 0L, MERGED, 0L, RETIRED, 0L));
        List<Pattern> told = new ArrayList<>();
        for (Pattern pattern : patterns) {
            if (before.containsKey(pattern.id())) {
                told.add(pattern);
                continue;
            }
            Optional<String> from = commonest(pattern.members().stream()
                            .map(member -> Optional.ofNullable(prior.findings().get(member.personId()))
                                    .map(Ongoing::patternId))
                            .toList())
                    .filter(now::containsKey);
            counts.merge(from.isPresent() ? SPLIT : BORN, 1L, Long::sum);
            told.add(from.map(id -> pattern.saying(WhatBecame.splitOff(before.getOrDefault(id, id), id)))
                    .orElse(pattern));
        }
        for (KnownPattern known : prior.patterns()) {
            boolean wasBorne = prior.findings().values().stream()
                    .anyMatch(ongoing -> ongoing.patternId().equals(known.patternId()));
            if (now.containsKey(known.patternId()) || !wasBorne) {
                continue;
            }
            Optional<String> into = commonest(prior.findings().entrySet().stream()
                    .filter(entry -> entry.getValue().patternId().equals(known.patternId()))
                    .map(entry -> Optional.ofNullable(patternNow.get(entry.getKey())))
                    .toList());
            counts.merge(into.isPresent() ? MERGED : RETIRED, 1L, Long::sum);
            told.add(Pattern.gone(known)
                    .saying(into.map(id -> WhatBecame.merged(now.get(id).name(), id))
                            .orElse(WhatBecame.RETIRED)));
        }
        return new Lineage(List.copyOf(told), Map.copyOf(counts));
    }

    /** Returns the id that at least half of the entries have, the smaller of two. */
    static Optional<String> commonest(List<Optional<String>> ids) {
        return ids.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> 2 * entry.getValue() >= ids.size())
                .min(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }
}
