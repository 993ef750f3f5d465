package io.goodhart.evaluation.unlike;

/** A tool, with what its export can tell. */
enum Tool {
    /** Completions while typing: thousands of characters around the cursor in, a line out. */
    COMPLETION("copilot", "ide", "swift-1", false, false, true),
    /** A window to ask in. */
    CHAT("litellm", "chat", "even-2", false, true, false),
    /** An agent that works on its own in a repository. */
    AGENT("claude_code", "cli", "even-2", true, true, true),
    /** The same behind a client that knows no cache. */
    PLAIN_AGENT("cursor", "agent", "even-2", false, true, true);

    final String source;
    final String surface;
    final String model;
    final boolean caches;
    final boolean fingerprints;
    final boolean lines;

    Tool(String source, String surface, String model, boolean caches, boolean fingerprints, boolean lines) {
        this.source = source;
        this.surface = surface;
        this.model = model;
        this.caches = caches;
        this.fingerprints = fingerprints;
        this.lines = lines;
    }
}
