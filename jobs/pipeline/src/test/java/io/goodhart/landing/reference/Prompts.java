package io.goodhart.landing.reference;

import io.goodhart.tables.PersonDays;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import net.openhft.hashing.LongHashFunction;

/** The prompts of a day by fingerprint: how many are repeats, sent to many models, or shared with other days and people. */
final class Prompts implements Serializable {
    private static final int TOP = 5;
    private static final int FANOUT_MODELS = 4;
    private static final long FANOUT_SECONDS = 3600;

    private record Prompt(long fingerprint, Instant time, String model) implements Serializable {}

    private final List<Prompt> prompts = new ArrayList<>();
    private long distinct;
    private long topRequests;
    private long fanout;
    private TreeSet<Long> sample = new TreeSet<>();
    private boolean counted;

    void add(long fingerprint, Instant time, String model) {
        prompts.add(new Prompt(fingerprint, time, model));
    }

    Long countOrNull() {
        return prompts.isEmpty() ? null : (long) prompts.size();
    }

    Long distinctOrNull() {
        count();
        return prompts.isEmpty() ? null : (Long) distinct;
    }

    Long topRequestsOrNull() {
        count();
        return prompts.isEmpty() ? null : (Long) topRequests;
    }

    Long fanoutOrNull() {
        count();
        return prompts.isEmpty() ? null : (Long) fanout;
    }

    Long[] sampleOrNull() {
        count();
        return prompts.isEmpty() ? null : sample.toArray(Long[]::new);
    }

    /** Walks the prompts once, in groups of the same fingerprint. */
    private void count() {
        if (counted) {
            return;
        }
        counted = true;
        prompts.sort(Comparator.comparingLong(Prompt::fingerprint).thenComparing(Prompt::time));
        PriorityQueue<Integer> top = new PriorityQueue<>();
        int from = 0;
        while (from < prompts.size()) {
            long fingerprint = prompts.get(from).fingerprint();
            int to = from + 1;
            while (to < prompts.size() && prompts.get(to).fingerprint() == fingerprint) {
                to++;
            }
            distinct++;
            if (to - from > 1) {
                top.add(to - from);
                if (top.size() > TOP) {
                    top.poll();
                }
            }
            fanout += fannedOut(prompts.subList(from, to));
            keep(LongHashFunction.xx().hashLong(fingerprint));
            from = to;
        }
        topRequests = top.stream().mapToLong(Integer::longValue).sum();
    }

    private void keep(long hash) {
        sample.add(hash);
        if (sample.size() > PersonDays.PROMPT_SAMPLE) {
            sample.pollLast();
        }
    }

    /**
     * Returns how many of these requests, which share a prompt, stand in an hour with four models or more. One walk, for a loop may send
     * the same prompt all day.
     */
    private static long fannedOut(List<Prompt> same) {
        if (same.size() < FANOUT_MODELS) {
            return 0;
        }
        Map<String, Integer> models = new HashMap<>();
        long requests = 0;
        int counted = 0;
        int to = 0;
        for (int from = 0; from < same.size(); from++) {
            Instant end = same.get(from).time().plusSeconds(FANOUT_SECONDS);
            while (to < same.size() && !same.get(to).time().isAfter(end)) {
                models.merge(same.get(to).model(), 1, Integer::sum);
                to++;
            }
            if (models.size() >= FANOUT_MODELS) {
                requests += to - Math.max(from, counted);
                counted = to;
            }
            models.computeIfPresent(same.get(from).model(), (model, times) -> times > 1 ? times - 1 : null);
        }
        return requests;
    }
}
