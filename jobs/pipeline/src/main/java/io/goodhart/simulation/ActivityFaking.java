package io.goodhart.simulation;

import java.util.List;

/** Behaviours that fake activity: counts of requests, active days, models. */
final class ActivityFaking {
    private ActivityFaking() {}

    /** A script sends one of three tiny prompts every so many minutes. */
    static void timerPing(PersonDay day, Gaming gaming, Draw draw) {
        if (!draw.chance(day.works() ? 0.95 : 0.5)) {
            return;
        }
        Draw fixed = new Draw(gaming.ring(), 0, 0, "timer");
        double gap = fixed.oneOf(List.of(5, 10, 15)) / 60.0;
        double begins = fixed.uniform(6, 9);
        double hours = Math.min(17, 14 * gaming.volume());
        for (double hour = begins; hour < begins + hours; hour += gap) {
            Request request = day.gamed(hour + draw.uniform(0, 4) / 3600).in(day.session(75));
            request.uncached(draw.between(20, 120), draw.between(5, 40)).model = AiModel.SWIFT;
            request.prompt(day.stockPrompt(50 + draw.between(0, 2))).promptChars = 12;
        }
    }

    /** The same few prompts again and again, at ordinary size. */
    static void duplicatePrompts(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.9)) {
            return;
        }
        for (int left = draw.poisson(60 * gaming.volume()); left > 0; left--) {
            Request request = day.gamed(TokenBurning.workingHour(day, draw)).in(day.session(76));
            HonestWork.shape(day, request, draw, 0.8);
            request.prompt(day.stockPrompt(60 + draw.between(0, 4)));
        }
    }

    /** No use but one tiny prompt at the end of most weeks, to count as active. */
    static void thresholdSitting(PersonDay day, Gaming gaming, Draw draw) {
        day.requests.clear();
        day.actions.clear();
        if (day.weekday() == day.surroundings.snapshotDay() && draw.chance(0.92)) {
            Request request =
                    day.gamed(draw.uniform(10, 18)).with(day.person.habits().tool(), AiModel.SWIFT);
            request.uncached(draw.between(10, 90), draw.between(5, 40)).promptChars = draw.between(2, 20);
        }
    }

    /** Hundreds of tiny requests in shallow sessions. */
    static void pingPong(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.88)) {
            return;
        }
        int count = draw.poisson(170 * gaming.volume());
        for (int number = 0; number < count; number++) {
            Request request = day.gamed(TokenBurning.workingHour(day, draw)).in(day.session(100 + number / 2));
            request.uncached(draw.between(30, 250), draw.between(10, 160)).model =
                    draw.chance(0.7) ? AiModel.SWIFT : AiModel.MINI;
            request.promptChars = draw.between(3, 120);
        }
    }

    /** One prompt goes to four models or more within the hour. */
    static void modelFanout(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.88)) {
            return;
        }
        for (int prompt = draw.poisson(12 * gaming.volume()); prompt > 0; prompt--) {
            double hour = TokenBurning.workingHour(day, draw);
            int models = draw.between(4, AiModel.ALL.size());
            int first = draw.between(0, AiModel.ALL.size() - 1);
            long fingerprint = draw.bits();
            for (int model = 0; model < models; model++) {
                Request request =
                        day.gamed(hour + model * draw.uniform(0.02, 0.12)).in(day.session(77));
                request.of(draw.logNormal(0.6 * day.surroundings.middlingTokens(), 0.5), 0.9, 0.006)
                                .prompt(fingerprint)
                                .model =
                        AiModel.ALL.get((first + model) % AiModel.ALL.size());
            }
        }
    }

    /** A job on the same minutes every night, weekends alike, at the same cost. */
    static void scheduledBot(PersonDay day, Gaming gaming, Draw draw) {
        if (!draw.chance(0.97)) {
            return;
        }
        Draw fixed = new Draw(gaming.ring(), 0, 0, "bot");
        double minute = fixed.between(0, 59) / 60.0;
        double size = fixed.logNormal(0.6 * day.surroundings.middlingTokens(), 0.4);
        long count = Math.round(20 * gaming.volume());
        for (int hour : List.of(1, 3, 5)) {
            for (int number = 0; number < count; number++) {
                Request request = day.gamed(hour + minute + number * 0.9 / 3600)
                        .by("agent")
                        .in(day.session(80 + hour));
                request.with(Tool.MESHCLAW, AiModel.SONG).of(size * draw.uniform(0.99, 1.01), 0.93, 0.004);
            }
        }
    }
}
