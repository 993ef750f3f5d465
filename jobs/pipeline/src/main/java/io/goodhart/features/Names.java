package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the few names of sources and models that come a million times over, and makes each of them once. Serves one task. */
final class Names {
    /** From so many names on a new one is not looked for again: looking would cost more than making it. */
    private static final int MOST = 64;

    private final byte[][] bytes = new byte[MOST][];
    private final String[] names = new String[MOST];
    private int known;

    /** Packs a name, in UTF-8. */
    static void pack(byte[] name, Output packed) {
        packed.writeVarInt(name.length, true);
        packed.writeBytes(name);
    }

    /** Passes a packed name over. */
    static void skip(Input packed) {
        int length = packed.readVarInt(true);
        packed.skip(length);
    }

    /** Reads a packed name. */
    String read(Input packed) {
        int length = packed.readVarInt(true);
        int from = packed.position();
        int to = from + length;
        byte[] buffer = packed.getBuffer();
        packed.setPosition(to);
        for (int i = 0; i < known; i++) {
            if (Arrays.equals(bytes[i], 0, bytes[i].length, buffer, from, to)) {
                return names[i];
            }
        }
        String name = new String(buffer, from, length, StandardCharsets.UTF_8);
        if (known < MOST) {
            bytes[known] = Arrays.copyOfRange(buffer, from, to);
            names[known] = name;
            known++;
        }
        return name;
    }
}
