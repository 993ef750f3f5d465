package io.goodhart.landing;

import io.goodhart.rows.LongIds;
import io.goodhart.tables.PersonDays;
import java.util.Arrays;
import net.openhft.hashing.LongHashFunction;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** The prompts of a day by fingerprint: how many are repeats, sent to many models, or shared with other days and people. */
final class Prompts {
    private static final int TOP = 5;
    private static final int FANOUT_MODELS = 4;
    private static final long FANOUT_MICROS = 3_600_000_000L;
    private static final int NONE = -1;

    private final LongIds fingerprints = new LongIds();
    private final long[] top = new long[TOP];
    private long[] times = new long[64];
    private int[] models = new int[64];
    private int[] next = new int[64];
    private int[] first = new int[64];
    private int[] last = new int[64];
    private int[] requests = new int[64];
    private int[] seenOfModel = new int[16];
    private long[] hashes = new long[64];
    private int size;

    void clear() {
        fingerprints.clear();
        size = 0;
    }

    /** Adds a request at a time in microseconds, not before those added already, to a model by its number in the day. */
    void add(long fingerprint, long micros, int model) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            models = Arrays.copyOf(models, 2 * size);
            next = Arrays.copyOf(next, 2 * size);
        }
        int known = fingerprints.size();
        int prompt = fingerprints.idOf(fingerprint);
        if (prompt == known) {
            if (prompt == first.length) {
                first = Arrays.copyOf(first, 2 * prompt);
                last = Arrays.copyOf(last, 2 * prompt);
                requests = Arrays.copyOf(requests, 2 * prompt);
            }
            first[prompt] = size;
            requests[prompt] = 0;
        } else {
            next[last[prompt]] = size;
        }
        times[size] = micros;
        models[size] = model;
        next[size] = NONE;
        last[prompt] = size;
        requests[prompt]++;
        size++;
    }

    Long countOrNull() {
        return size == 0 ? null : Long.valueOf(size);
    }

    Long distinctOrNull() {
        return size == 0 ? null : Long.valueOf(fingerprints.size());
    }

    Long topRequestsOrNull() {
        if (size == 0) {
            return null;
        }
        Arrays.fill(top, 0);
        long sum = 0;
        for (int prompt = 0; prompt < fingerprints.size(); prompt++) {
            long count = requests[prompt];
            if (count > 1 && count > top[0]) {
                sum += count - top[0];
                int place = 0;
                while (place + 1 < TOP && top[place + 1] < count) {
                    top[place] = top[place + 1];
                    place++;
                }
                top[place] = count;
            }
        }
        return sum;
    }

    Long fanoutOrNull() {
        if (size == 0) {
            return null;
        }
        long sum = 0;
        for (int prompt = 0; prompt < fingerprints.size(); prompt++) {
            if (requests[prompt] >= FANOUT_MODELS) {
                sum += fannedOut(prompt);
            }
        }
        return sum;
    }

    UnsafeArrayData sampleOrNull() {
        if (size == 0) {
            return null;
        }
        int distinct = fingerprints.size();
        if (distinct > hashes.length) {
            hashes = new long[2 * distinct];
        }
        LongHashFunction hash = LongHashFunction.xx();
        for (int prompt = 0; prompt < distinct; prompt++) {
            hashes[prompt] = hash.hashLong(fingerprints.value(prompt));
        }
        Arrays.sort(hashes, 0, distinct);
        int kept = 0;
        for (int i = 0; i < distinct && kept < PersonDays.PROMPT_SAMPLE; i++) {
            if (kept == 0 || hashes[i] != hashes[kept - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(hashes, kept));
    }

    /**
     * Returns how many of the requests that share a prompt stand in an hour with four models or more. One walk, for a loop may send the
     * same prompt all day.
     */
    private long fannedOut(int prompt) {
        Arrays.fill(seenOfModel, 0);
        int different = 0;
        long sum = 0;
        int counted = 0;
        int to = 0;
        int behind = first[prompt];
        int from = 0;
        for (int at = first[prompt]; at != NONE; at = next[at]) {
            long end = times[at] + FANOUT_MICROS;
            while (behind != NONE && times[behind] <= end) {
                different += seen(models[behind], 1) == 1 ? 1 : 0;
                behind = next[behind];
                to++;
            }
            if (different >= FANOUT_MODELS) {
                sum += to - Math.max(from, counted);
                counted = to;
            }
            different -= seen(models[at], -1) == 0 ? 1 : 0;
            from++;
        }
        return sum;
    }

    private int seen(int model, int more) {
        if (model >= seenOfModel.length) {
            seenOfModel = Arrays.copyOf(seenOfModel, 2 * model);
        }
        seenOfModel[model] += more;
        return seenOfModel[model];
    }
}
