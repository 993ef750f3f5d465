package io.goodhart.rows;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** The different texts of a task, numbered from 0 as they come. */
public final class Texts {
    private UTF8String[] texts = new UTF8String[64];
    private int[] hashes = new int[64];
    private int[] table = filled(256);
    private int size;

    /** Returns the number of {@code text}, which may be reused by its owner. */
    public int codeOf(UTF8String text) {
        int hash = text.hashCode();
        int mask = table.length - 1;
        int slot = hash & mask;
        while (true) {
            int code = table[slot];
            if (code < 0) {
                return add(text.copy(), hash, slot);
            }
            if (hashes[code] == hash && texts[code].equals(text)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** Returns the text of a number. */
    public UTF8String text(int code) {
        return texts[code];
    }

    private int add(UTF8String text, int hash, int slot) {
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        texts[size] = text;
        hashes[size] = hash;
        table[slot] = size;
        size++;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        table = filled(2 * table.length);
        int mask = table.length - 1;
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] & mask;
            while (table[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = code;
        }
    }

    private static int[] filled(int length) {
        int[] table = new int[length];
        Arrays.fill(table, -1);
        return table;
    }
}
