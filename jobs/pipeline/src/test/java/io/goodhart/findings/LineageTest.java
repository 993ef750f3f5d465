package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.findings.Prior.KnownPattern;
import io.goodhart.findings.Prior.Ongoing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final LocalDate DAY = LocalDate.parse("2026-05-31");
    private static final ClearedPatterns NOBODY = new ClearedPatterns(Map.of());

    /** Two ways to be strange that the catalogue does not know, and a mean of both. */
    private static final Map<String, Double> ONE = Map.of("requests_a_session", 1.0, "lines_a_kept_line", 1.0);

    private static final Map<String, Double> OTHER = Map.of("weekend_share", 1.0, "undone_action_share", 1.0);
    private static final Map<String, Double> BOTH = Map.of(
            "requests_a_session", 1.0, "lines_a_kept_line", 1.0, "weekend_share", 1.0, "undone_action_share", 1.0);

    @Test
    void thePatternsOfAFirstNightAreBorn() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b"), found(OTHER, "c"));

        assertThat(first.patterns()).hasSize(2).allMatch(pattern -> !pattern.known());
        assertThat(first.counts())
                .containsEntry("patterns.born", 2L)
                .containsEntry("patterns.split", 0L)
                .containsEntry("patterns.merged", 0L)
                .containsEntry("patterns.retired", 0L);
    }

    @Test
    void theSameNightAgainChangesNoIdAndTellsNothing() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b"), found(OTHER, "c"));
        Lineage second = night(after(first), found(ONE, "a", "b"), found(OTHER, "c"));

        assertThat(idOf(second)).isEqualTo(idOf(first));
        assertThat(second.counts().values()).containsOnly(0L);
    }

    @Test
    void aPatternThatDriftsKeepsItsIdByItsPeople() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b"));
        Lineage second = night(after(first), found(OTHER, "a", "b"));

        assertThat(idOf(second)).isEqualTo(idOf(first));
    }

    @Test
    void whenAPatternSplitsTheLargerPartKeepsItsId() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b", "c"));
        Lineage second = night(after(first), found(OTHER, "a", "b"), found(ONE, "c"));

        assertThat(idOf(second)).containsEntry("a", idOf(first).get("a"));
        assertThat(idOf(second).get("c")).isNotEqualTo(idOf(first).get("c"));
        assertThat(second.counts()).containsEntry("patterns.split", 1L);
        assertThat(described(second, "c"))
                .contains("Split off from")
                .contains(idOf(first).get("c"));
    }

    @Test
    void whoWereOfOnePatternStayTogetherThoughLessAlike() {
        Map<String, Double> drifted =
                Map.of("requests_a_session", 1.0, "lines_a_kept_line", 0.1, "undone_action_share", 1.0);
        Lineage first = night(Prior.none(), found(ONE, "a", "b"));
        Lineage second = night(after(first), found(ONE, "a"), found(drifted, "b"));
        Lineage strangers = night(Prior.none(), found(ONE, "a"), found(drifted, "b"));

        assertThat(idOf(second)).isEqualTo(idOf(first));
        assertThat(idOf(strangers).values()).doesNotHaveDuplicates();
    }

    @Test
    void whenPatternsMergeTheLargerOneLivesAndTheOtherHasALastRow() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b"), found(OTHER, "c"));
        Lineage second = night(after(first), found(BOTH, "a", "b", "c"));

        assertThat(idOf(second).values()).containsOnly(idOf(first).get("a"));
        assertThat(second.counts()).containsEntry("patterns.merged", 1L);
        Pattern last = second.patterns().get(second.patterns().size() - 1);
        assertThat(last.id()).isEqualTo(idOf(first).get("c"));
        assertThat(last.members()).isEmpty();
        assertThat(last.description())
                .contains("Merged into")
                .contains(idOf(first).get("a"));
    }

    @Test
    void aPatternWithoutFindingsRetiresOnceAndMayComeBackUnderItsId() {
        Lineage first = night(Prior.none(), found(ONE, "a"));
        Lineage second = night(after(first));
        Lineage third = night(after(second));
        Lineage back = night(after(second), found(ONE, "z"));

        assertThat(second.counts()).containsEntry("patterns.retired", 1L);
        assertThat(second.patterns().get(0).description()).contains("Retired");
        assertThat(third.patterns()).isEmpty();
        assertThat(idOf(back)).containsEntry("z", idOf(first).get("a"));
    }

    @Test
    void whatBecameOfAPatternIsReadFromItsDescription() {
        Lineage first = night(Prior.none(), found(ONE, "a", "b", "c"), found(OTHER, "d"));
        Lineage split = night(after(first), found(OTHER, "a", "b"), found(ONE, "c"));
        Lineage merged = night(after(first), found(BOTH, "a", "b", "c", "d"));
        Pattern big = first.patterns().stream()
                .filter(pattern -> pattern.members().size() == 3)
                .findFirst()
                .orElseThrow();
        String named = big.name() + " (" + big.id() + ")";

        assertThat(first.patterns()).extracting(LineageTest::became).containsOnly(Optional.empty());
        assertThat(split.patterns())
                .extracting(LineageTest::became)
                .contains(Optional.empty(), Optional.of("Split off from " + named));
        assertThat(merged.patterns())
                .filteredOn(pattern -> pattern.members().isEmpty())
                .extracting(LineageTest::became)
                .containsExactly(
                        Optional.of("Merged into " + merged.patterns().get(0).name() + " (" + big.id() + ")"));
        assertThat(night(after(first)).patterns())
                .extracting(LineageTest::became)
                .containsOnly(Optional.of("Retired: no finding bears it any more"));
    }

    private static Optional<String> became(Pattern pattern) {
        return WhatBecame.in(pattern.description());
    }

    @SafeVarargs
    private static Lineage night(Prior prior, List<Candidate>... found) {
        List<Candidate> candidates = Stream.of(found).flatMap(List::stream).toList();
        return Lineage.of(Patterns.among(candidates, prior, NOBODY, DAY), prior);
    }

    private static List<Candidate> found(Map<String, Double> distances, String... people) {
        return Stream.of(people)
                .map(person -> Evidences.candidate(person, distances))
                .toList();
    }

    /** What the next night goes on from. */
    private static Prior after(Lineage night) {
        Map<String, Ongoing> findings = new TreeMap<>();
        List<KnownPattern> patterns = new ArrayList<>();
        for (Pattern pattern : night.patterns()) {
            patterns.add(new KnownPattern(pattern.id(), pattern.name(), pattern.signature(), pattern.firstSeen()));
            pattern.members()
                    .forEach(member -> findings.put(
                            member.personId(), new Ongoing("f-" + member.personId(), DAY, DAY, pattern.id(), false)));
        }
        return new Prior(findings, Map.of(), patterns);
    }

    private static Map<String, String> idOf(Lineage night) {
        return night.patterns().stream()
                .flatMap(
                        pattern -> pattern.members().stream().map(member -> Map.entry(member.personId(), pattern.id())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String described(Lineage night, String person) {
        return IntStream.range(0, night.patterns().size())
                .mapToObj(night.patterns()::get)
                .filter(pattern -> pattern.id().equals(idOf(night).get(person)))
                .map(Pattern::description)
                .findFirst()
                .orElseThrow();
    }
}
