package io.goodhart.simulation;

/** One request while its day is being made up. Tokens are the four disjoint counts; waste is what gaming put on top. */
final class Request {
    final long micros;
    Tool tool;
    AiModel model;
    String session;
    String initiator = "human";
    long input;
    long cacheRead;
    long cacheWrite;
    long output;
    long fingerprint;
    int promptChars;
    int suggested;
    int accepted;
    String status = "ok";
    String credential;
    long wastedTokens;
    long wastedMicrodollars;

    Request(long micros) {
        this.micros = micros;
    }

    /** Sets all four token counts to {@code total} tokens, shared out as a tool with a cache does. */
    Request of(double total, double cacheShare, double outputShare) {
        cacheRead = Math.round(total * cacheShare);
        output = Math.max(1, Math.round(total * outputShare));
        double fresh = Math.max(2, total - cacheRead - output);
        input = Math.round(fresh * 0.12);
        cacheWrite = Math.round(fresh * 0.88);
        return this;
    }

    /** Sets the token counts of a request without any cache. */
    Request uncached(long inputTokens, long outputTokens) {
        input = inputTokens;
        output = outputTokens;
        cacheRead = 0;
        cacheWrite = 0;
        return this;
    }

    Request by(String who) {
        initiator = who;
        return this;
    }

    Request with(Tool theTool, AiModel theModel) {
        tool = theTool;
        model = theModel;
        return this;
    }

    Request prompt(long theFingerprint) {
        fingerprint = theFingerprint;
        return this;
    }

    Request in(String theSession) {
        session = theSession;
        return this;
    }

    Request lines(int linesSuggested, int linesAccepted) {
        suggested = linesSuggested;
        accepted = linesAccepted;
        return this;
    }

    long tokens() {
        return input + cacheRead + cacheWrite + output;
    }

    long price() {
        return model.price(input, cacheRead, cacheWrite, output);
    }
}
