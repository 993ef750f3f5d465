package io.goodhart.evaluation.unlike;

/** One request on its way to a row of {@code usage_events}; nulls are what the tool cannot tell. */
final class Request {
    final long micros;
    final Tool tool;
    String model;
    String session;
    String initiator = "human";
    String status = "ok";
    long input;
    Long cacheRead;
    Long cacheWrite;
    long output;
    Long fingerprint;
    Integer promptCharacters;
    Integer suggested;
    Integer accepted;
    int credential;
    /** Tokens of it that only gaming explains. */
    long gamed;

    Request(long micros, Tool tool) {
        this.micros = micros;
        this.tool = tool;
        this.model = tool.model;
    }

    long tokens() {
        return input + output + (cacheRead == null ? 0 : cacheRead) + (cacheWrite == null ? 0 : cacheWrite);
    }

    /** Returns what it costs at list price, in millionths of a dollar. */
    long microdollars() {
        double price = Prices.input(model);
        return Math.round(input * price
                + (cacheRead == null ? 0 : cacheRead) * price * Prices.CACHE_READ
                + (cacheWrite == null ? 0 : cacheWrite) * price * Prices.CACHE_WRITE
                + output * price * Prices.OUTPUT);
    }

    /** Marks all of it as gaming. */
    Request allGamed() {
        gamed = tokens();
        return this;
    }
}
