package io.goodhart.features;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** Packs rows of person, day and sampled prompts by part: the prompts of a week that are compared in one go. */
final class SentPromptsIterator implements Iterator<Tuple2<Integer, SentPrompts>> {
    /** Parts of a week: what a task holds is a quarter of what all people's samples of a week are. */
    private static final int PARTS = 4;

    private static final int BLOCK = 1 << 16;

    /** From the Monday before 1970 to its first day. */
    private static final int MONDAY = 3;

    private final Iterator<InternalRow> rows;
    private final Map<Integer, SentPrompts> open = new HashMap<>();
    private final Queue<Tuple2<Integer, SentPrompts>> full = new ArrayDeque<>();

    /** @param rows person, day and an array of prompts, none of them null */
    SentPromptsIterator(Iterator<InternalRow> rows) {
        this.rows = rows;
    }

    /** Returns the Monday of a part's week, in days since 1970. */
    static int monday(int part) {
        return Math.floorDiv(part, PARTS) * 7 - MONDAY;
    }

    @Override
    public boolean hasNext() {
        while (full.isEmpty() && rows.hasNext()) {
            add(rows.next());
        }
        if (full.isEmpty() && !open.isEmpty()) {
            open.forEach((part, block) -> full.add(new Tuple2<>(part, block)));
            open.clear();
        }
        return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, SentPrompts> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return full.remove();
    }

    private void add(InternalRow row) {
        byte[] person = row.getUTF8String(0).getBytes();
        int day = row.getInt(1);
        int firstPart = Math.floorDiv(day + MONDAY, 7) * PARTS;
        SentPrompts[] blocks = new SentPrompts[PARTS];
        for (long prompt : row.getArray(2).toLongArray()) {
            int part = part(prompt);
            if (blocks[part] == null) {
                blocks[part] = open.computeIfAbsent(firstPart + part, absent -> new SentPrompts());
                blocks[part].begin(person, day);
            }
            blocks[part].add(prompt);
        }
        for (int part = 0; part < PARTS; part++) {
            if (blocks[part] != null && blocks[part].size() >= BLOCK) {
                full.add(new Tuple2<>(firstPart + part, open.remove(firstPart + part)));
            }
        }
    }

    /** The sampled hashes are small ones, so their bits are mixed first. */
    private static int part(long prompt) {
        return (int) ((prompt * 0x9E3779B97F4A7C15L) >>> 32) & (PARTS - 1);
    }
}
