package io.goodhart.simulation;

/** The tools that report requests, and what each of them tells. */
enum Tool {
    CLAUDE_CODE("claude_code", "cli", true, false),
    CURSOR("cursor", "ide", true, true),
    COPILOT("copilot", "ide", false, true),
    MESHCLAW("meshclaw", "agent", true, true),
    DESK("desk_chat", "chat", false, false);

    final String source;
    final String surface;

    /** Whether it bills by the request; otherwise {@code cost_usd} is null and the list price holds. */
    final boolean bills;

    /** Whether it counts the lines it suggests; otherwise its edits bypass acceptance and the lines are null. */
    final boolean countsLines;

    Tool(String source, String surface, boolean bills, boolean countsLines) {
        this.source = source;
        this.surface = surface;
        this.bills = bills;
        this.countsLines = countsLines;
    }
}
