package io.goodhart.findings;

import java.util.Optional;
import java.util.stream.Stream;

/** What became of a pattern on a night, in words: the last sentence of its description there. */
public final class WhatBecame {
    static final String RETIRED = "Retired: no finding bears it any more";

    private static final String SPLIT_OFF = "Split off from ";
    private static final String MERGED = "Merged into ";

    private WhatBecame() {}

    static String splitOff(String name, String patternId) {
        return SPLIT_OFF + name + " (" + patternId + ")";
    }

    static String merged(String name, String patternId) {
        return MERGED + name + " (" + patternId + ")";
    }

    /** Returns the sentence in a pattern's description that tells what became of it that night; empty: nothing is told. */
    public static Optional<String> in(String description) {
        return Stream.of(SPLIT_OFF, MERGED, RETIRED)
                .map(description::lastIndexOf)
                .filter(begin -> begin >= 0)
                .map(description::substring)
                .findFirst();
    }
}
