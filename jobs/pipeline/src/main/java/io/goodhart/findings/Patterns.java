package io.goodhart.findings;

import io.goodhart.findings.Prior.KnownPattern;
import io.goodhart.findings.Prior.Ongoing;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Sorts the findings of a night into patterns: first each by itself, by the behaviour of the catalogue that it is like; what is like none
 * is grouped by likeness, and a group that nobody else belongs to stays alone.
 *
 * <p>Who is like a known behaviour does not depend on who else was found, so a finding keeps its pattern from night to night. A group
 * without a name goes on from the pattern of the night before with which it shares most people, or else looks. Who had a pattern the night
 * before leaves it only for one that fits clearly better ({@link Archetype#LOYALTY}), whether it has a name or none.
 */
final class Patterns {
    /** How alike, as a cosine, a pattern of the night before must be for a group to go on from it by looks alone, or to be held to it. */
    private static final double SAME_AS_BEFORE = 0.7;

    private static final int ID_FEATURES = 3;

    private final Prior prior;
    private final ClearedPatterns cleared;
    private final LocalDate runDate;

    private Patterns(Prior prior, ClearedPatterns cleared, LocalDate runDate) {
        this.prior = prior;
        this.cleared = cleared;
        this.runDate = runDate;
    }

    /** Returns the patterns of a night, the named ones first. {@code candidates} in the order of the findings. */
    static List<Pattern> among(List<Candidate> candidates, Prior prior, ClearedPatterns cleared, LocalDate runDate) {
        return new Patterns(prior, cleared, runDate).among(candidates);
    }

    private List<Pattern> among(List<Candidate> candidates) {
        TreeMap<String, List<Candidate>> named = new TreeMap<>();
        List<Candidate> rest = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<Archetype> archetype = named(candidate.evidence().signature(), patternBefore(candidate));
            if (archetype.isPresent()) {
                named.computeIfAbsent(archetype.get().id(), absent -> new ArrayList<>())
                        .add(candidate);
            } else {
                rest.add(candidate);
            }
        }
        List<List<Candidate>> unnamed = new ArrayList<>();
        for (List<Integer> group : Clusters.of(rest.size(), (one, other) -> alike(rest.get(one), rest.get(other)))) {
            List<Candidate> members = group.stream().map(rest::get).toList();
            // what is no single finding's likeness may be that of several together
            Optional<Archetype> archetype = named(Pattern.centre(members), patternBefore(members));
            if (archetype.isPresent()) {
                named.computeIfAbsent(archetype.get().id(), absent -> new ArrayList<>())
                        .addAll(members);
            } else {
                unnamed.add(members);
            }
        }
        List<Pattern> patterns = new ArrayList<>();
        named.forEach((id, members) ->
                patterns.add(Pattern.named(Archetype.called(id).orElseThrow(), members, firstSeen(id))));
        patterns.addAll(unnamed(unnamed));
        return patterns;
    }

    /** Returns the archetype whose name {@code signature} bears, if any. What is no longer like its pattern of the night before owes it nothing. */
    private Optional<Archetype> named(Signature signature, String idBefore) {
        boolean isUnlike = prior.patterns().stream()
                .filter(before -> before.patternId().equals(idBefore))
                .anyMatch(before ->
                        Archetype.called(idBefore).isEmpty() && signature.cosine(before.signature()) < SAME_AS_BEFORE);
        return Archetype.closestTo(signature, isUnlike ? "" : idBefore);
    }

    /** What somebody is cleared of covers no other behaviour: they are held to that pattern only while they are still like it by looks alone. */
    private String patternBefore(Candidate candidate) {
        return Optional.ofNullable(prior.findings().get(candidate.personId()))
                .map(Ongoing::patternId)
                .filter(id -> !cleared.holds(candidate.personId(), id) || isLike(candidate, id))
                .orElse("");
    }

    private boolean isLike(Candidate candidate, String patternId) {
        Signature signature = candidate.evidence().signature();
        Optional<Archetype> archetype = Archetype.called(patternId);
        return archetype.isPresent()
                ? archetype.get().isLike(signature)
                : prior.patterns().stream()
                        .anyMatch(before -> before.patternId().equals(patternId)
                                && signature.cosine(before.signature()) >= SAME_AS_BEFORE);
    }

    /** Returns the pattern that at least half of {@code members} had the night before, the smaller id of two; empty: none. */
    private String patternBefore(List<Candidate> members) {
        return Lineage.commonest(members.stream()
                        .map(member -> Optional.of(patternBefore(member)).filter(id -> !id.isEmpty()))
                        .toList())
                .orElse("");
    }

    /** Returns how alike two findings are; those that were of one pattern the night before are the more so. */
    private double alike(Candidate one, Candidate other) {
        double cosine = one.evidence().signature().cosine(other.evidence().signature());
        String before = patternBefore(one);
        boolean wereTogether = !before.isEmpty() && before.equals(patternBefore(other));
        return wereTogether ? cosine + Archetype.LOYALTY : cosine;
    }

    private LocalDate firstSeen(String id) {
        return prior.patterns().stream()
                .filter(pattern -> pattern.patternId().equals(id))
                .map(KnownPattern::firstSeen)
                .findFirst()
                .orElse(runDate);
    }

    private List<Pattern> unnamed(List<List<Candidate>> groups) {
        Map<Integer, String> idOf = matched(groups);
        Set<String> taken = new HashSet<>(idOf.values());
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Candidate> members = groups.get(i);
            String id = Optional.ofNullable(idOf.get(i)).orElseGet(() -> newId(members, taken));
            taken.add(id);
            patterns.add(Pattern.unnamed(id, members, firstSeen(id)));
        }
        return patterns;
    }

    /** A group and a pattern of the night before that it may go on from. */
    private record Match(int group, KnownPattern before, long shared, double alike) {}

    /** Returns which group goes on from which pattern: most people in common first, then most alike. Each at most once. */
    private Map<Integer, String> matched(List<List<Candidate>> groups) {
        List<Match> matches = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (KnownPattern before : prior.patterns()) {
                // an archetype's id is never that of a pattern without its name
                if (Archetype.called(before.patternId()).isEmpty()) {
                    matches.add(match(group, groups.get(group), before));
                }
            }
        }
        Map<Integer, String> idOf = new HashMap<>();
        matches.stream()
                .filter(match -> match.shared() > 0 || match.alike() >= SAME_AS_BEFORE)
                .sorted(Comparator.<Match>comparingLong(match -> -match.shared())
                        .thenComparingDouble(match -> -match.alike())
                        .thenComparing(match -> match.before().patternId())
                        .thenComparingInt(Match::group))
                .forEach(match -> {
                    if (!idOf.containsKey(match.group())
                            && !idOf.containsValue(match.before().patternId())) {
                        idOf.put(match.group(), match.before().patternId());
                    }
                });
        return idOf;
    }

    private Match match(int group, List<Candidate> members, KnownPattern before) {
        long shared = members.stream()
                .filter(member -> patternBefore(member).equals(before.patternId()))
                .count();
        return new Match(group, before, shared, Pattern.centre(members).cosine(before.signature()));
    }

    /**
     * What carries a new pattern makes its id, so that every rerun gives it again, and so does a night on which it returns; where two are
     * carried by the same, the date and a member tell them apart.
     */
    private String newId(List<Candidate> members, Set<String> taken) {
        String byCarriers = id(Pattern.centre(members).carriers(ID_FEATURES).stream()
                .sorted()
                .toList()
                .toString());
        String firstMember = members.stream()
                .map(Candidate::personId)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean known =
                prior.patterns().stream().anyMatch(before -> before.patternId().equals(byCarriers));
        return taken.contains(byCarriers) || known ? id(runDate + " " + firstMember) : byCarriers;
    }

    private static String id(String made) {
        return "unnamed-"
                + UUID.nameUUIDFromBytes(made.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 8);
    }
}
