package io.goodhart.simulation;

import java.util.List;

/** The models on offer, with list prices in US dollars a million tokens. */
enum AiModel {
    SWIFT("swift-2", "small", 0.25, 0.8, 0.08, 1.0, 4),
    MINI("quill-mini", "small", 0.15, 0.25, 0.025, 0.25, 2),
    SONG("song-4", "mid", 0.35, 3, 0.3, 3.75, 15),
    QUILL("quill-5", "mid", 0.12, 1.75, 0.175, 1.75, 14),
    GROVE("grove-3", "mid", 0.08, 2, 0.2, 2.5, 12),
    EPIC("epic-4", "premium", 0.18, 12, 1.2, 15, 60);

    static final List<AiModel> ALL = List.of(values());

    final String id;
    final String tier;

    /** How often the middling person picks it, in proportion. */
    final double popularity;

    final double input;
    final double cacheRead;
    final double cacheWrite;
    final double output;

    AiModel(
            String id,
            String tier,
            double popularity,
            double input,
            double cacheRead,
            double cacheWrite,
            double output) {
        this.id = id;
        this.tier = tier;
        this.popularity = popularity;
        this.input = input;
        this.cacheRead = cacheRead;
        this.cacheWrite = cacheWrite;
        this.output = output;
    }

    /** Returns the list price, in millionths of a dollar: dollars a million tokens times tokens. */
    long price(long inputTokens, long cacheReadTokens, long cacheWriteTokens, long outputTokens) {
        return Math.round(input * inputTokens
                + cacheRead * cacheReadTokens
                + cacheWrite * cacheWriteTokens
                + output * outputTokens);
    }
}
