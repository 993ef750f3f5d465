package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.FeatureSet;
import io.goodhart.findings.Prior.KnownPattern;
import io.goodhart.findings.Prior.Ongoing;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PatternsTest {
    static final List<Archetype> CATALOGUE = Archetype.catalogue();

    private static final LocalDate TODAY = LocalDate.parse("2026-05-31");
    private static final ClearedPatterns NOBODY = new ClearedPatterns(Map.of());
    private static final LocalDate BEFORE = LocalDate.parse("2026-05-01");

    /** Carries no archetype: a feature of which the catalogue hardly speaks. */
    private static final Map<String, Double> STRANGE = Map.of("answer_length", 1.0);

    @ParameterizedTest(name = "archetype {index}")
    @FieldSource("CATALOGUE")
    void everyArchetypesOwnSignatureBearsItsName(Archetype archetype) {
        assertThat(Archetype.closestTo(archetype.signature())).contains(archetype);
    }

    @ParameterizedTest(name = "archetype {index}")
    @FieldSource("CATALOGUE")
    void findingsLikeAnArchetypeAreItsPatternUnderItsOwnId(Archetype archetype) {
        List<Pattern> patterns = Patterns.among(
                List.of(Evidences.candidate("p1", archetype.weights()), Evidences.candidate("p2", archetype.weights())),
                Prior.none(),
                NOBODY,
                TODAY);

        assertThat(patterns).hasSize(1);
        assertThat(patterns.get(0).id()).isEqualTo(archetype.id());
        assertThat(patterns.get(0).name()).isEqualTo(archetype.name());
        assertThat(patterns.get(0).known()).isTrue();
        assertThat(patterns.get(0).firstSeen()).isEqualTo(TODAY);
        assertThat(patterns.get(0).members()).hasSize(2);
    }

    @Test
    void theCatalogueNamesEachBehaviourOnceByFeaturesThatExist() {
        assertThat(CATALOGUE).extracting(Archetype::id).doesNotHaveDuplicates();
        assertThat(CATALOGUE).allSatisfy(archetype -> {
            assertThat(FeatureSet.names()).containsAll(archetype.weights().keySet());
            assertThat(archetype.weights().values()).allMatch(weight -> weight > 0);
            assertThat(archetype.description()).doesNotContainIgnoringCase("guilty");
        });
    }

    @Test
    void whatIsLikeNoArchetypeHasNoName() {
        assertThat(Archetype.closestTo(Signature.of(STRANGE))).isEmpty();
        assertThat(Archetype.closestTo(Signature.of(Map.of()))).isEmpty();
    }

    @Test
    void aNamedPatternKeepsItsFirstDay() {
        Archetype archetype = CATALOGUE.get(0);
        Prior prior = prior(archetype.id(), archetype.weights());

        assertThat(Patterns.among(List.of(Evidences.candidate("p1", archetype.weights())), prior, NOBODY, TODAY))
                .extracting(Pattern::firstSeen)
                .containsExactly(BEFORE);
    }

    @Test
    void anUnnamedPatternHasTheSameIdInEveryRerunOfItsNight() {
        List<Candidate> candidates = List.of(Evidences.candidate("p2", STRANGE), Evidences.candidate("p1", STRANGE));

        Pattern first = Patterns.among(candidates, Prior.none(), NOBODY, TODAY).get(0);
        Pattern again = Patterns.among(List.of(candidates.get(1), candidates.get(0)), Prior.none(), NOBODY, TODAY)
                .get(0);

        assertThat(first.id()).startsWith("unnamed-").isEqualTo(again.id());
        assertThat(first.known()).isFalse();
        assertThat(first.name()).isEqualTo("Unnamed: high answer length");
    }

    @Test
    void anUnnamedPatternGoesOnUnderTheIdOfTheEarlierOneThatItIsLike() {
        Pattern alike = Patterns.among(
                        List.of(Evidences.candidate("p9", STRANGE)), prior("unnamed-12345678", STRANGE), NOBODY, TODAY)
                .get(0);
        Pattern unlike = Patterns.among(
                        List.of(Evidences.candidate("p9", STRANGE)),
                        prior("unnamed-12345678", Map.of("weekend_share", 1.0)),
                        NOBODY,
                        TODAY)
                .get(0);

        assertThat(alike.id()).isEqualTo("unnamed-12345678");
        assertThat(alike.firstSeen()).isEqualTo(BEFORE);
        assertThat(unlike.id()).isNotEqualTo("unnamed-12345678");
        assertThat(unlike.firstSeen()).isEqualTo(TODAY);
    }

    @Test
    void anUnnamedPatternNeverTakesTheIdOfANamedOne() {
        Pattern pattern = Patterns.among(
                        List.of(Evidences.candidate("p9", STRANGE)), prior("runaway_loop", STRANGE), NOBODY, TODAY)
                .get(0);

        assertThat(pattern.known()).isFalse();
        assertThat(pattern.id()).startsWith("unnamed-");
    }

    @Test
    void aFindingLeavesItsNameOnlyForOneThatFitsClearlyBetter() {
        Prior sitter = borne("p1", "threshold_sitting", Map.of("bare_week_share", 1.0));

        assertThat(idOf(Evidences.candidate("p1", mixed(0.6, 0.8)), sitter)).isEqualTo("threshold_sitting");
        assertThat(idOf(Evidences.candidate("p1", mixed(0.4, 0.9)), sitter)).isEqualTo("premium_trivial");
        assertThat(idOf(Evidences.candidate("p2", mixed(0.6, 0.8)), sitter)).isEqualTo("premium_trivial");
    }

    @Test
    void whatSomebodyIsClearedOfHoldsOnlyAFindingThatIsLikeItStill() {
        Prior sitter = borne("p1", "threshold_sitting", Map.of("bare_week_share", 1.0));
        ClearedPatterns cleared = cleared("p1", "threshold_sitting");

        Map<String, Double> turned = new TreeMap<>(mixed(0.4, 0.7));
        turned.put("answer_length", 0.6);

        assertThat(idOf(Evidences.candidate("p1", turned), sitter)).isEqualTo("threshold_sitting");
        assertThat(idOf(Evidences.candidate("p1", turned), sitter, cleared)).isEqualTo("premium_trivial");
        assertThat(idOf(Evidences.candidate("p1", mixed(0.6, 0.8)), sitter, cleared))
                .isEqualTo("threshold_sitting");
        assertThat(idOf(Evidences.candidate("p1", turned), sitter, cleared("p1", "runaway_loop")))
                .isEqualTo("threshold_sitting");
    }

    @Test
    void whatSomebodyIsClearedOfWithoutANameHoldsOnlyAFindingThatIsLikeItStill() {
        Map<String, Double> failing = Map.of("failed_share", 1.0);
        Prior unnamed = borne("p1", "unnamed-12345678", failing);
        ClearedPatterns cleared = cleared("p1", "unnamed-12345678");

        assertThat(idOf(Evidences.candidate("p1", failing), unnamed, cleared)).isEqualTo("unnamed-12345678");
        assertThat(idOf(Evidences.candidate("p1", STRANGE), unnamed)).isEqualTo("unnamed-12345678");
        assertThat(idOf(Evidences.candidate("p1", STRANGE), unnamed, cleared))
                .startsWith("unnamed-")
                .isNotEqualTo("unnamed-12345678");
    }

    @Test
    void aFindingThatHadNoNameIsNamedOnlyWhenANameClearlyFits() {
        Map<String, Double> likely = Map.of("failed_share", 0.8, "bare_week_share", 0.6);
        Map<String, Double> clearly = Map.of("failed_share", 0.4, "bare_week_share", 0.9);
        Prior unnamed = borne("p1", "unnamed-12345678", likely);

        assertThat(idOf(Evidences.candidate("p1", likely), unnamed)).isEqualTo("unnamed-12345678");
        assertThat(idOf(Evidences.candidate("p1", clearly), unnamed)).isEqualTo("threshold_sitting");
        assertThat(idOf(Evidences.candidate("p2", likely), unnamed)).isEqualTo("threshold_sitting");
    }

    @Test
    void whatIsNoLongerLikeItsPatternOwesItNothing() {
        Prior unnamed = borne("p1", "unnamed-12345678", Map.of("failed_share", 1.0));
        Map<String, Double> turned = Map.of("failed_share", 0.6, "bare_week_share", 0.8);

        assertThat(idOf(Evidences.candidate("p1", turned), unnamed)).isEqualTo("threshold_sitting");
    }

    @Test
    void aPatternWithoutANameTellsWhichBehaviourItHasComeToBeLike() {
        Prior unnamed = borne("p1", "unnamed-12345678", Map.of("failed_share", 1.0));
        Map<String, Double> likely = Map.of("failed_share", 0.8, "bare_week_share", 0.6);

        assertThat(Patterns.among(List.of(Evidences.candidate("p1", likely)), unnamed, NOBODY, TODAY))
                .singleElement()
                .satisfies(pattern -> {
                    assertThat(pattern.known()).isFalse();
                    assertThat(pattern.description())
                            .startsWith("Has come to be like Threshold sitting (threshold_sitting). Unusually high");
                });
    }

    @Test
    void fourFeaturesThatTellOfOneBarDoNotDrownABehaviourThatIsLouderThanEachOfThem() {
        assertThat(idOf(Evidences.candidate("p1", unsupervisedBesideBars(1)), Prior.none()))
                .isEqualTo("risky_unsupervised");
        assertThat(idOf(Evidences.candidate("p1", unsupervisedBesideBars(3)), Prior.none()))
                .isEqualTo("cap_calibration");
    }

    @Test
    void whoSharesPromptsWithOthersIsNotCalledByHavingThemTwice() {
        Map<String, Double> repeated =
                Map.of("repeated_prompt_share", 0.55, "top_prompt_share", 0.55, "replayed_prompt_share", 1.0);
        Map<String, Double> shared = new HashMap<>(repeated);
        shared.put("shared_prompt_share", 1.0);

        assertThat(idOf(Evidences.candidate("p1", repeated), Prior.none())).isEqualTo("duplicate_prompts");
        assertThat(idOf(Evidences.candidate("p1", shared), Prior.none())).isEqualTo("collusive_ring");
    }

    @Test
    void evenPausesAtNightAreAJobWhereAScheduleBeganThemAndALoopElse() {
        Map<String, Double> loop = Map.of("night_share", 1.0, "steady_gap_share", 1.0);
        Map<String, Double> job = new HashMap<>(loop);
        job.put("scheduled_share", 1.0);

        assertThat(idOf(Evidences.candidate("p1", loop), Prior.none())).isEqualTo("runaway_loop");
        assertThat(idOf(Evidences.candidate("p1", job), Prior.none())).isEqualTo("scheduled_bot");
    }

    @Test
    void requestsOfOneSizeFillACapWhereWeeksEndAtItAndBearNoNameByThemselves() {
        Map<String, Double> alike = Map.of("same_size_share", 1.0, "same_answer_share", 1.0);
        Map<String, Double> filling = new HashMap<>(alike);
        List.of("bar_week_share", "bar_recent_share", "bar_closeness", "bar_month_share")
                .forEach(bar -> filling.put(bar, 0.8));

        assertThat(idOf(Evidences.candidate("p1", alike), Prior.none())).startsWith("unnamed-");
        assertThat(idOf(Evidences.candidate("p1", filling), Prior.none())).isEqualTo("cap_calibration");
    }

    private static Map<String, Double> unsupervisedBesideBars(double bars) {
        return Map.of(
                "unapproved_share",
                1.2,
                "unapproved_risky_a_week",
                1.2,
                "bar_week_share",
                bars,
                "bar_recent_share",
                bars,
                "bar_closeness",
                bars,
                "bar_month_share",
                bars);
    }

    @Test
    void aNightWithoutFindingsHasNoPatterns() {
        assertThat(Patterns.among(List.of(), Prior.none(), NOBODY, TODAY)).isEmpty();
    }

    private static String idOf(Candidate candidate, Prior prior) {
        return idOf(candidate, prior, NOBODY);
    }

    private static String idOf(Candidate candidate, Prior prior, ClearedPatterns cleared) {
        return Patterns.among(List.of(candidate), prior, cleared, TODAY).get(0).id();
    }

    private static ClearedPatterns cleared(String personId, String patternId) {
        return new ClearedPatterns(Map.of(personId, Set.of(patternId)));
    }

    /** Sits so much, and spends so much on trivia: as cosines with the one archetype and the other, nearly. */
    private static Map<String, Double> mixed(double sitting, double trivia) {
        Map<String, Double> mixed = new TreeMap<>(Map.of("bare_week_share", sitting));
        Archetype premium = Archetype.called("premium_trivial").orElseThrow();
        double length = Math.sqrt(premium.weights().values().stream()
                .mapToDouble(weight -> weight * weight)
                .sum());
        premium.weights().forEach((feature, weight) -> mixed.put(feature, trivia * weight / length));
        return mixed;
    }

    /** What a night goes on from in which one person bore one pattern. */
    private static Prior borne(String personId, String patternId, Map<String, Double> weights) {
        return new Prior(
                Map.of(personId, new Ongoing("f1", BEFORE, BEFORE, patternId, false)),
                Map.of(),
                prior(patternId, weights).patterns());
    }

    private static Prior prior(String patternId, Map<String, Double> weights) {
        return new Prior(
                Map.of(),
                Map.of(),
                List.of(new KnownPattern(patternId, patternId, Signature.expected(weights), BEFORE)));
    }
}
