package io.goodhart.simulation;

import java.time.LocalDate;
import java.util.List;

/** Behaviours that bend rules: caps, limits, reviews, approvals. */
final class RuleBending {
    private RuleBending() {}

    /** The week's total is steered, on Friday, to just under the cap or just over the minimum spend, whichever is nearer. */
    static void capCalibration(PersonDay day, Gaming gaming, Draw draw) {
        LocalDate monday = day.day.minusDays(day.weekday() - 1L);
        Draw week = new Draw(gaming.ring(), monday.toEpochDay(), 0, "week");
        if (!week.chance(0.45 + 0.5 * Math.min(1, gaming.volume()))) {
            return;
        }
        long target = Math.round(
                aimsAtFloor(day)
                        ? day.surroundings.weeklyFloor() * week.uniform(1.001, 1.02)
                        : day.surroundings.weeklyCap() * week.uniform(0.98, 0.999));
        if (day.weekday() > 5) {
            day.requests.clear(); // the bar is met
            return;
        }
        long before = 0;
        for (LocalDate earlier = monday; earlier.isBefore(day.day); earlier = earlier.plusDays(1)) {
            before += kept(day.honestOn(earlier), target - before);
        }
        long total = before + kept(day, target - before);
        if (day.weekday() != 5 || total >= target) {
            return;
        }
        long missing = target - total;
        int count = (int) Math.max(
                1,
                Math.min(
                        150,
                        missing / Math.max(500_000, (long) day.person.habits().requestTokens())));
        for (int number = 0; number < count; number++) {
            Request request =
                    day.gamed(14 + 8.0 * number / count + draw.uniform(0, 0.02)).in(day.session(78));
            request.of(missing / (double) count, 0.95, 0.003).by(draw.chance(0.5) ? "agent" : "human");
        }
    }

    private static boolean aimsAtFloor(PersonDay day) {
        Habits habits = day.person.habits();
        return habits.requests() * habits.requestTokens() * 8 < day.surroundings.weeklyFloor();
    }

    /** Drops the day's requests that would lead over {@code most} tokens, and returns what the rest holds. */
    private static long kept(PersonDay day, long most) {
        long sum = 0;
        for (var requests = day.requests.iterator(); requests.hasNext(); ) {
            long tokens = requests.next().tokens();
            if (sum + tokens > most) {
                requests.remove();
            } else {
                sum += tokens;
            }
        }
        return sum;
    }

    /** Credentials are used in turn: sessions go on under the next one, and several run at once. */
    static void rotatedAccounts(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.9)) {
            return;
        }
        int count = draw.poisson(36 * gaming.volume());
        double begins = day.person.habits().begins();
        for (int number = 0; number < count; number++) {
            int round = number / 3;
            Request request = day.gamed(begins + round * 0.25 + draw.uniform(0, 0.008));
            HonestWork.shape(day, request, draw, 1);
            request.in(day.session(81 + number % 3)).credential = day.credential(1 + number / 7 % 4);
        }
    }

    /** Merges of a few lines, by the author alone, within minutes, often undone: output to justify usage. */
    static void outputSplitting(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.9)) {
            return;
        }
        for (int left = draw.poisson(5 * gaming.volume()); left > 0; left--) {
            double opened = TokenBurning.workingHour(day, draw);
            day.merge(
                    opened,
                    opened,
                    opened + draw.uniform(0.01, 0.12),
                    draw.between(1, 6),
                    draw.chance(0.3),
                    draw.chance(0.1) ? other(day, draw) : -1);
        }
        for (int left = draw.poisson(20 * gaming.volume()); left > 0; left--) {
            HonestWork.shape(day, day.gamed(TokenBurning.workingHour(day, draw)).in(day.session(79)), draw, 0.6);
        }
    }

    private static int other(PersonDay day, Draw draw) {
        int teammate = day.person.teammate(day.settings, draw);
        return teammate == day.person.position() ? -1 : teammate;
    }

    /** A few people send the same prompts and wave one another's work through. */
    static void collusiveRing(PersonDay day, Gaming gaming, Draw draw) {
        if (!day.works() || !draw.chance(0.9)) {
            return;
        }
        long pool = Draw.hash(gaming.ring(), day.day.toEpochDay());
        for (int prompt = 0; prompt < 40; prompt++) {
            if (draw.chance(0.75 * gaming.volume())) {
                Request request = day.gamed(TokenBurning.workingHour(day, draw)).in(day.session(82));
                HonestWork.shape(day, request, draw, 0.8);
                request.prompt(Draw.hash(pool, prompt));
            }
        }
        List<Integer> accomplices = gaming.accomplices();
        for (int left = accomplices.isEmpty() ? 0 : draw.poisson(1.6 * gaming.volume()); left > 0; left--) {
            double opened = TokenBurning.workingHour(day, draw);
            double reviewed = opened + draw.uniform(0.02, 0.08);
            day.merge(
                    opened,
                    reviewed,
                    reviewed + draw.uniform(0.005, 0.03),
                    (int) draw.logNormal(40, 0.8),
                    draw.chance(0.06),
                    draw.oneOf(accomplices));
        }
    }

    /** Agents deploy, delete and mail in production, and nobody watches. */
    static void riskyUnsupervised(PersonDay day, Gaming gaming, Draw draw) {
        if (!draw.chance(day.works() ? 0.9 : 0.3)) {
            return;
        }
        for (int left = draw.poisson(22 * gaming.volume()); left > 0; left--) {
            double hour = TokenBurning.workingHour(day, draw);
            Request request = day.gamed(hour).by("agent").in(day.session(83)).with(Tool.MESHCLAW, AiModel.SONG);
            request.of(draw.logNormal(day.surroundings.middlingTokens(), 0.4), 0.94, 0.004);
            day.actions.add(new Action(
                    day.at(hour + draw.uniform(0.001, 0.03)),
                    Tool.MESHCLAW,
                    request.session,
                    draw.oneOf(List.of("deploy", "delete", "email_send", "data_write", "merge", "spend")),
                    draw.chance(0.9) ? "none" : "human_after",
                    draw.chance(0.7) ? "prod" : "stage",
                    draw.chance(0.85),
                    draw.chance(0.12)));
        }
    }
}
