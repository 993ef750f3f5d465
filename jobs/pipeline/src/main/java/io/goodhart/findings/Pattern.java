package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.findings.Prior.KnownPattern;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Findings of a night that are strange in the same way.
 *
 * @param id stable from night to night: the archetype's, else that of the earlier pattern that it goes on from
 * @param firstSeen first run date with this pattern
 * @param known whether it bears an archetype's name
 * @param members its findings; empty: it was there the night before and is no more
 */
record Pattern(
        String id,
        String name,
        String description,
        Signature signature,
        LocalDate firstSeen,
        boolean known,
        List<Candidate> members) {
    private static final int NAMING_FEATURES = 2;

    Pattern {
        members = List.copyOf(members);
    }

    /** Returns the pattern of a behaviour of the catalogue. */
    static Pattern named(Archetype archetype, List<Candidate> members, LocalDate firstSeen) {
        return new Pattern(
                archetype.id(), archetype.name(), archetype.description(), centre(members), firstSeen, true, members);
    }

    /** Returns a pattern that is told by what carries it. */
    static Pattern unnamed(String id, List<Candidate> members, LocalDate firstSeen) {
        Signature centre = centre(members);
        List<Feature> carriers = centre.carriers(NAMING_FEATURES).stream()
                .map(FeatureSet.DIRECTED::get)
                .toList();
        return new Pattern(
                id,
                carriers.stream()
                        .map(feature -> side(feature) + " " + feature.name().replace('_', ' '))
                        .collect(Collectors.joining(" and ", "Unnamed: ", "")),
                carriers.stream()
                        .map(feature -> side(feature) + ": " + feature.meaning())
                        .collect(Collectors.joining("; ", likeness(centre) + ". Unusually ", "")),
                centre,
                firstSeen,
                false,
                members);
    }

    /** Returns what the catalogue says of a pattern without a name: it may have come to be like a behaviour, and keeps its id. */
    private static String likeness(Signature centre) {
        return Archetype.closestTo(centre)
                .map(archetype -> "Has come to be like " + archetype.name() + " (" + archetype.id() + ")")
                .orElse("Matches no behaviour of the catalogue");
    }

    /** Returns a pattern of the night before that no finding bears any more. */
    static Pattern gone(KnownPattern before) {
        Optional<Archetype> archetype = Archetype.called(before.patternId());
        return new Pattern(
                before.patternId(),
                before.name(),
                archetype.map(Archetype::description).orElse("Matches no behaviour of the catalogue"),
                before.signature(),
                before.firstSeen(),
                archetype.isPresent(),
                List.of());
    }

    /** Returns the pattern with another sentence about it. */
    Pattern saying(String sentence) {
        return new Pattern(id, name, description + ". " + sentence, signature, firstSeen, known, members);
    }

    /**
     * Returns how well the pattern fits {@code candidate}, from 0 to 1: how like the catalogue's behaviour, or, of a pattern without a name,
     * the mean of its members, which a single one is.
     */
    double share(Candidate candidate) {
        Signature like = Archetype.called(id).map(Archetype::signature).orElse(signature);
        return like.cosine(candidate.evidence().signature());
    }

    /** Returns the mean direction of {@code members}. */
    static Signature centre(List<Candidate> members) {
        return Signature.centre(
                members.stream().map(member -> member.evidence().signature()).toList());
    }

    private static String side(Feature feature) {
        return feature.suspicious().name().toLowerCase(Locale.ROOT);
    }
}
