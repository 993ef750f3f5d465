package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayedPromptsTest {
    @Test
    void theNumberedPromptsAreThoseOfThreeDaysHoweverManyThereAre() {
        ReplayedPrompts replayed = new ReplayedPrompts();
        for (int person = 0; person < 20; person++) {
            Random random = new Random(person);
            int different = 1 + random.nextInt(60_000);
            List<PersonDay> days = new ArrayList<>();
            Map<Long, Integer> times = new HashMap<>();
            for (int day = 0; day < 150; day++) {
                Set<Long> sample = new HashSet<>();
                for (int i = random.nextInt(400); i > 0; i--) {
                    // cut, as the hashes of a sample are
                    sample.add(random.nextInt(different) * 0x9E3779B97F4A7C15L >>> 9);
                }
                PersonDay sampled = new PersonDay(LocalDate.EPOCH.plusDays(day));
                sampled.addPrompts(sample.stream().mapToLong(Long::longValue).toArray());
                days.add(sampled);
                sample.forEach(prompt -> times.merge(prompt, 1, Integer::sum));
            }

            replayed.mark(days);

            Map<Integer, Long> named = new HashMap<>();
            for (PersonDay day : days) {
                List<Long> expected = new ArrayList<>();
                for (long prompt : day.prompts()) {
                    if (times.get(prompt) >= ReplayedPrompts.DAYS) {
                        expected.add(prompt);
                    }
                }
                assertThat(day.repeatedPrompts()).hasSize(expected.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(named.merge(day.repeatedPrompts()[i], expected.get(i), (one, other) -> one))
                            .isEqualTo(expected.get(i));
                }
            }
            assertThat(new HashSet<>(named.values())).hasSize(named.size());
        }
    }
}
