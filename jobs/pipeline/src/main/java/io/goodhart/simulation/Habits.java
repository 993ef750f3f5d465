package io.goodhart.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * How one honest person uses AI. People differ in all of it, and a few are odd in one thing or another: an honest company is messy.
 *
 * @param tool what they use most
 * @param secondTool what they use besides
 * @param secondShare share of the days with the second tool
 * @param activeShare share of the working days with any use
 * @param weekendShare share of the free days with any use
 * @param requests requests on a middling active day
 * @param daySd how much their days differ, log-sd
 * @param trend growth of requests over the whole history, as a factor
 * @param requestTokens tokens of a middling request
 * @param cacheShare share of a request's tokens that is read from cache
 * @param outputShare share of a request's tokens that is output
 * @param repetition share of requests that repeat one of their own few prompts
 * @param agentShare share of requests begun by an agent
 * @param modelWeights how often they use each model
 * @param acceptance share of suggested lines that they keep
 * @param productivity factor on the outcomes of their role
 * @param begins when their day begins, hours on their own clock
 * @param length how long it lasts, hours
 * @param tinyShare share of requests that are small talk
 * @param nightlyJobRequests requests of a job of theirs that runs every night; 0: none
 * @param revertShare share of their commits and merges that is undone
 * @param selfMergeShare share of merges that nobody else reviews
 * @param mergeLines lines of a middling merge
 * @param approvalShare share of their agents' side effects that they approve
 */
record Habits(
        Tool tool,
        Tool secondTool,
        double secondShare,
        double activeShare,
        double weekendShare,
        double requests,
        double daySd,
        double trend,
        double requestTokens,
        double cacheShare,
        double outputShare,
        double repetition,
        double agentShare,
        List<Double> modelWeights,
        double acceptance,
        double productivity,
        double begins,
        double length,
        double tinyShare,
        int nightlyJobRequests,
        double revertShare,
        double selfMergeShare,
        double mergeLines,
        double approvalShare) {

    /** Log-sd between people of requests a day and of tokens a request; together with trends and days 1.2. */
    private static final double REQUESTS_SD = 0.65;

    private static final double REQUEST_TOKENS_SD = 0.8;
    private static final double MIDDLING_REQUESTS = 9;

    /** Tokens of a middling request to a coding agent: a turn, with all the calls that it takes. */
    static final double MIDDLING_TOKENS = 680_000;

    private static final double MIDDLING_CHAT_TOKENS = 12_000;

    /** Ten times the tokens go with twice the output: log10(2). */
    private static final double OUTPUT_EXPONENT = 0.301;

    /**
     * Draws the habits of one person.
     *
     * @param sitter whether they have little use for AI and will one day sit on the threshold
     */
    static Habits of(Draw draw, Role role, LookAlike lookAlike, boolean sitter) {
        boolean star = lookAlike == LookAlike.STAR;
        boolean light = draw.chance(0.03) || sitter || lookAlike == LookAlike.LIGHT_USER;
        boolean owner = lookAlike == LookAlike.EVAL_OWNER;
        boolean owl = lookAlike == LookAlike.NIGHT_OWL || draw.chance(0.01);

        Tool tool = role.engineer ? draw.oneOf(ENGINEERS_TOOLS) : draw.chance(0.8) ? Tool.DESK : Tool.MESHCLAW;
        double eager = draw.gaussian();
        double heavy = draw.gaussian();
        double requests = MIDDLING_REQUESTS * StrictMath.exp(REQUESTS_SD * eager) * (star ? 3 : 1) * (light ? 0.2 : 1);
        double fatness = StrictMath.exp(REQUEST_TOKENS_SD * heavy) * (star ? 1.6 : 1);
        double tokensBeyondMiddling = requests * fatness / MIDDLING_REQUESTS;
        double daySd = draw.uniform(0.5, 1.3);
        boolean chatty = tool == Tool.DESK;
        return new Habits(
                tool,
                role.engineer && draw.chance(0.6) ? draw.oneOf(ENGINEERS_TOOLS) : Tool.DESK,
                draw.uniform(0, 0.3),
                light ? draw.uniform(0.12, 0.35) : draw.uniform(0.55, 0.97),
                draw.chance(0.03) ? draw.uniform(0.1, 0.4) : draw.uniform(0, 0.04),
                requests,
                daySd,
                draw.chance(0.2) ? draw.logNormal(2.5, 0.6) : draw.logNormal(1, 0.2),
                (chatty ? MIDDLING_CHAT_TOKENS : MIDDLING_TOKENS) * fatness,
                chatty ? draw.uniform(0.2, 0.6) : cacheShare(draw),
                chatty ? draw.uniform(0.03, 0.12) : 0.004 * StrictMath.exp(0.35 * draw.gaussian()),
                draw.chance(0.02) ? draw.uniform(0.06, 0.2) : 0.02 * StrictMath.exp(0.4 * draw.gaussian()),
                draw.chance(0.02) ? draw.uniform(0.75, 0.95) : draw.uniform(0, 0.6),
                modelWeights(draw, owner),
                draw.chance(0.02) ? draw.uniform(0.04, 0.12) : draw.uniform(0.15, 0.5),
                StrictMath.pow(tokensBeyondMiddling, OUTPUT_EXPONENT)
                        * StrictMath.exp(0.3 * draw.gaussian())
                        * (star ? 2.2 : 1),
                owl ? draw.uniform(18, 22) : draw.uniform(7.5, 10),
                draw.chance(0.02) ? draw.uniform(11, 14) : draw.uniform(6, 9.5),
                draw.chance(0.02) ? draw.uniform(0.15, 0.5) : draw.uniform(0, 0.06),
                lookAlike == LookAlike.BATCH_OWNER
                        ? draw.between(60, 140)
                        : draw.chance(0.015) ? draw.between(4, 20) : 0,
                draw.chance(0.02) ? draw.uniform(0.08, 0.18) : draw.uniform(0.01, 0.05),
                draw.chance(0.02) ? draw.uniform(0.3, 0.7) : draw.uniform(0, 0.06),
                draw.chance(0.02) ? draw.uniform(8, 20) : draw.logNormal(70, 0.5),
                draw.chance(0.02) ? draw.uniform(0.5, 0.75) : draw.uniform(0.75, 0.98));
    }

    private static final List<Tool> ENGINEERS_TOOLS =
            List.of(Tool.CLAUDE_CODE, Tool.CURSOR, Tool.COPILOT, Tool.MESHCLAW);

    /** Returns about 0.95; a few people's set-ups cache badly. */
    private static double cacheShare(Draw draw) {
        double odds = draw.chance(0.02) ? draw.uniform(-1, 1.4) : 3.0 + 0.45 * draw.gaussian();
        return 1 / (1 + StrictMath.exp(-odds));
    }

    /** Returns everybody's own mix: one or two favourites, the dearest model seldom, but for a few who use nothing else. */
    private static List<Double> modelWeights(Draw draw, boolean owner) {
        boolean loyal = draw.chance(0.03);
        List<Double> weights = new ArrayList<>();
        for (AiModel model : AiModel.ALL) {
            double own = owner ? 1 : model.popularity * StrictMath.exp(0.8 * draw.gaussian());
            weights.add(loyal && model == AiModel.EPIC ? 8 : own);
        }
        return List.copyOf(weights);
    }
}
