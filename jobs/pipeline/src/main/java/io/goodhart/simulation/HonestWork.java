package io.goodhart.simulation;

import java.util.List;

/** What people do without gaming: their requests, what they bring forth, and what their agents do. */
final class HonestWork {
    private static final List<String> ROUTINE_ACTIONS =
            List.of("file_write", "file_write", "shell", "shell", "push", "ticket_update", "chat_post", "data_write");
    private static final List<String> RISKY_ACTIONS = List.of("deploy", "merge", "approve", "email_send", "delete");
    private static final int STOCK_PROMPTS = 12;

    private HonestWork() {}

    static void fill(PersonDay day) {
        Draw draw = day.draw("use");
        double pace = pace(day, draw);
        if (draw.chance(chanceOfUse(day))) {
            use(day, draw, pace);
        }
        if (!Calendar.away(day.person, day.day)) {
            nightlyJob(day);
        }
        if (day.person.lookAlike() == LookAlike.EVAL_OWNER && !Calendar.away(day.person, day.day)) {
            evaluationSuite(day);
        }
        if (day.works()) {
            boolean bearsFruit =
                    day.person.lookAlike() == LookAlike.MIGRATION || day.person.lookAlike() == LookAlike.STAR;
            bringForth(day, day.draw("work"), StrictMath.pow(pace, bearsFruit ? 0.9 : 0.3));
        }
        if (Calendar.onCall(day.person, day.day)) {
            Draw shift = day.draw("shift");
            for (int incident = shift.poisson(0.5); incident > 0; incident--) {
                day.outcome(shift.uniform(0, 24), "incident_resolved");
            }
        }
        letAgentsAct(day, day.draw("agents"));
    }

    private static double chanceOfUse(PersonDay day) {
        Person person = day.person;
        if (Calendar.away(person, day.day)) {
            return 0.01;
        }
        if (Calendar.onCall(person, day.day)) {
            return 0.9;
        }
        return day.works() ? person.habits().activeShare() : person.habits().weekendShare();
    }

    /** Returns the day's volume over the person's middling one: own ups and downs, the trend, and what look-alikes go through. */
    private static double pace(PersonDay day, Draw draw) {
        Habits habits = day.person.habits();
        double daySd = habits.daySd();
        double age = (day.day.toEpochDay() - day.settings.from().toEpochDay()) / (double) day.settings.days();
        double pace =
                StrictMath.exp(daySd * draw.gaussian() - daySd * daySd / 2) * StrictMath.pow(habits.trend(), age - 0.5);
        long daysLeft = day.settings.until().toEpochDay() - day.day.toEpochDay();
        return switch (day.person.lookAlike()) {
            case MIGRATION -> daysLeft > 4 && daysLeft < 32 ? pace * 4 : pace;
            case NEW_HIRE -> pace * 2;
            case LEAVE -> daysLeft < 17 ? pace * 1.8 : pace;
            default -> pace;
        };
    }

    private static void use(PersonDay day, Draw draw, double pace) {
        Person person = day.person;
        Habits habits = person.habits();
        int count = 1 + draw.poisson(habits.requests() * StrictMath.pow(pace, 0.75));
        boolean onCall = Calendar.onCall(person, day.day);
        boolean migrating = person.lookAlike() == LookAlike.MIGRATION;
        double repetition = migrating ? Math.max(0.12, habits.repetition()) : habits.repetition();
        double gap = Math.min(0.05, habits.length() / count);
        int sessions = 1 + draw.poisson(Math.min(4, count / 8.0));
        double hour = 0;
        int left = 0;
        for (int number = 0, session = 0; number < count; number++, left--) {
            if (left == 0) {
                left = 1 + count / sessions;
                session++;
                hour = onCall && draw.chance(0.4)
                        ? draw.uniform(0, 6)
                        : habits.begins() + draw.uniform(0, habits.length());
            }
            hour += gap * draw.logNormal(0.6, 1.1);
            Tool tool = draw.chance(habits.secondShare()) ? habits.secondTool() : habits.tool();
            Request request = day.request(hour).in(day.session(session));
            request.with(tool, AiModel.ALL.get(draw.weighted(habits.modelWeights())));
            shape(day, request, draw, StrictMath.pow(pace, 0.25));
            if (draw.chance(repetition)) {
                request.prompt(day.stockPrompt(draw.between(0, STOCK_PROMPTS - 1)));
            } else if (draw.chance(0.004)) {
                request.prompt(Draw.hash(day.settings.seed(), draw.between(0, 30))); // "continue", as everybody says it
            }
        }
    }

    /** Sets tokens, lines, initiator and status of an ordinary request. */
    static void shape(PersonDay day, Request request, Draw draw, double factor) {
        Habits habits = day.person.habits();
        boolean chat = request.tool == Tool.DESK;
        boolean release = request.tool == Calendar.releasedTool(day.settings)
                && !day.day.isBefore(Calendar.release(day.settings));
        double middling = chat ? Math.min(habits.requestTokens(), 14_000) : habits.requestTokens();
        double total = Math.max(60, draw.logNormal(middling * factor * (release ? 1.25 : 1), 0.8));
        request.promptChars = (int) Math.min(40_000, Math.max(2, draw.logNormal(160, 1)));
        if (draw.chance(habits.tinyShare())) {
            request.uncached(draw.between(30, 400), draw.between(10, 300));
        } else if (chat) {
            request.of(total, draw.uniform(0.1, 0.6), draw.uniform(0.03, 0.12));
        } else {
            double cacheShare = Math.min(0.985, habits.cacheShare() * draw.uniform(0.94, 1.03));
            request.of(Math.min(total, 60_000_000), cacheShare, habits.outputShare() * draw.logNormal(1, 0.4));
        }
        if (request.tool.countsLines && draw.chance(0.55)) {
            int suggested = (int) Math.min(2_000, request.output / 14);
            request.lines(suggested, (int)
                    Math.round(suggested * Math.min(1, draw.logNormal(habits.acceptance(), 0.5))));
        }
        request.by(chat || !draw.chance(habits.agentShare()) ? "human" : "agent");
        if (draw.chance(0.025)) {
            request.status = draw.chance(0.8) ? "error" : "refused";
            request.output = Math.min(request.output, 20);
        }
    }

    private static void nightlyJob(PersonDay day) {
        int count = day.person.habits().nightlyJobRequests();
        Draw fixed = new Draw(day.settings.seed(), day.person.position(), 0, "job");
        double hour = fixed.between(0, 5) + fixed.between(0, 59) / 60.0;
        double size = fixed.logNormal(20_000, 0.6);
        Draw draw = day.draw("job");
        for (int number = 0; number < count; number++) {
            Request request = day.request(hour + number * 0.012).by("schedule").in(day.session(90));
            request.with(Tool.MESHCLAW, AiModel.SWIFT).of(size * draw.uniform(0.8, 1.2), 0.9, 0.01);
            if (number < 3) {
                request.prompt(day.stockPrompt(40 + number));
            }
        }
    }

    private static void evaluationSuite(PersonDay day) {
        Draw draw = day.draw("suite");
        for (int prompt = draw.between(18, 30); prompt > 0; prompt--) {
            for (AiModel model : AiModel.ALL) {
                Request request = day.request(3 + prompt * 0.05 + AiModel.ALL.indexOf(model) * 0.005);
                request.with(Tool.MESHCLAW, model).by("schedule").in(day.session(91));
                request.prompt(day.stockPrompt(100 + prompt)).of(draw.logNormal(15_000, 0.3), 0.7, 0.03);
            }
        }
    }

    private static void bringForth(PersonDay day, Draw draw, double pace) {
        Person person = day.person;
        Habits habits = person.habits();
        Role role = person.role();
        boolean reviewer = person.lookAlike() == LookAlike.REVIEWER;
        double factor = habits.productivity() * pace * (reviewer ? 0.15 : 1);
        double hour = habits.begins();
        double length = habits.length();
        for (int left = draw.poisson(role.commits * factor); left > 0; left--) {
            int lines = (int) draw.logNormal(habits.mergeLines() * 0.6, 1.1);
            boolean reverted = draw.chance(habits.revertShare());
            day.outcomes.add(new Outcome(
                    day.at(hour + draw.uniform(0, length)),
                    person.position(),
                    "commit",
                    lines,
                    lines / 4,
                    reverted,
                    day.subject(),
                    -1,
                    false,
                    !day.requests.isEmpty()));
        }
        for (int left = draw.poisson(role.merges * factor); left > 0; left--) {
            double mergedAt = hour + draw.uniform(0, length);
            double openFor = draw.logNormal(7, 1.4);
            int reviewerPosition = draw.chance(habits.selfMergeShare()) ? -1 : person.teammate(day.settings, draw);
            day.merge(
                    mergedAt - openFor,
                    mergedAt - openFor * draw.uniform(0.05, 0.6),
                    mergedAt,
                    (int) Math.max(1, draw.logNormal(habits.mergeLines(), 1)),
                    draw.chance(habits.revertShare()),
                    reviewerPosition == person.position() ? -1 : reviewerPosition);
        }
        some(day, draw, role.merges * factor * 0.08, "pull_request_closed");
        some(day, draw, role.issues * factor, "issue_closed");
        some(day, draw, role.deployments * factor, "deployment");
        some(day, draw, role.incidents * factor, "incident_resolved");
        some(day, draw, reviewer ? 0.35 : role.documents * factor, "document_published");
        for (int left = draw.poisson(reviewer ? 4 : role.reviews * factor); left > 0; left--) {
            Outcome review = day.outcome(hour + draw.uniform(0, length), "review");
            day.outcomes.set(
                    day.outcomes.size() - 1,
                    new Outcome(
                            review.micros(),
                            review.author(),
                            "review",
                            -1,
                            -1,
                            false,
                            review.subject(),
                            person.teammate(day.settings, draw),
                            false,
                            false));
        }
    }

    private static void some(PersonDay day, Draw draw, double mean, String kind) {
        for (int left = draw.poisson(mean); left > 0; left--) {
            day.outcome(
                    day.person.habits().begins()
                            + draw.uniform(0, day.person.habits().length()),
                    kind);
        }
    }

    private static void letAgentsAct(PersonDay day, Draw draw) {
        long agentRequests = day.requests.stream()
                .filter(request -> request.initiator.equals("agent"))
                .count();
        double approvalShare = day.person.habits().approvalShare();
        for (int left = draw.poisson(Math.min(12, agentRequests * 0.25)); left > 0; left--) {
            Request cause = day.requests.get(draw.between(0, day.requests.size() - 1));
            boolean risky = draw.chance(0.12);
            String environment = draw.chance(0.72) ? "dev" : draw.chance(0.6) ? "stage" : "prod";
            double care = risky || environment.equals("prod") ? (1 + approvalShare) / 2 : approvalShare;
            day.actions.add(new Action(
                    cause.micros + 1_000L * draw.between(1_000, 90_000),
                    Tool.MESHCLAW,
                    cause.session,
                    draw.oneOf(risky ? RISKY_ACTIONS : ROUTINE_ACTIONS),
                    draw.chance(care) ? (draw.chance(0.8) ? "human_before" : "human_after") : "none",
                    environment,
                    draw.chance(0.96),
                    draw.chance(0.01)));
        }
    }
}
