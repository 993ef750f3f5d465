package io.goodhart.evaluation.unlike;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What one person does on one day of their own clock. */
final class WorkDay {
    /** One outcome. */
    record Outcome(
            long micros,
            String kind,
            Integer added,
            Integer deleted,
            Boolean reverted,
            String subject,
            Integer counterpart,
            Boolean selfMerged) {}

    /** One side effect of an agent. */
    record Action(
            long micros, String action, String approval, String environment, boolean succeeded, boolean rolledBack) {}

    final Worker worker;
    final LocalDate date;
    final Chance chance;
    final List<Request> requests = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Action> actions = new ArrayList<>();

    WorkDay(Worker worker, LocalDate date, Chance chance) {
        this.worker = worker;
        this.date = date;
        this.chance = chance;
    }

    boolean isWeekend() {
        return date.getDayOfWeek().getValue() > 5;
    }

    /** Returns the microsecond at so many hours of the person's clock. */
    long at(double hours) {
        return Math.round((date.toEpochDay() * 24 + hours - worker.zoneHours) * 3_600_000_000d);
    }

    String name(String kind) {
        return kind + worker.position + "-" + date.toEpochDay() + "-" + Long.toString(chance.bits() >>> 40, 36);
    }

    /** Adds a question asked in a chat. */
    Request ask(double hours) {
        Request request = new Request(at(hours), Tool.CHAT);
        request.session = name("c");
        request.input = Math.round(Math.min(120_000, chance.around(930, 1.3)));
        request.output = Math.round(Math.min(16_000, chance.around(130, 1.0)));
        request.promptCharacters = (int) Math.min(60_000, Math.round(chance.around(160, 1.2)));
        request.fingerprint = chance.bits();
        return add(request);
    }

    /** Adds a completion. */
    Request complete(double hours) {
        Request request = new Request(at(hours), Tool.COMPLETION);
        request.session = null;
        request.input = Math.round(Math.min(7_436, chance.around(1_300, 1.4)));
        request.output = Math.round(Math.min(700, 5 + chance.around(9, 1.0)));
        request.suggested = 1 + chance.bursty(1.5);
        request.accepted = chance.of(worker.keeps) ? request.suggested : 0;
        return add(request);
    }

    /** Adds a session of an agent: a prompt of the person's every few steps, and what it reads grows. */
    List<Request> delegate(double hours, int steps, double secondsApart) {
        List<Request> made = new ArrayList<>();
        String session = name("s");
        Tool agent = worker.agent(date);
        double context = chance.around(18_000, 0.6);
        double time = hours;
        for (int step = 0; step < steps; step++) {
            Request request = new Request(at(time), agent);
            request.session = session;
            request.model = worker.model;
            boolean isPrompt = step % 7 == 0;
            request.initiator = isPrompt ? "human" : "agent";
            long grown = Math.round(chance.around(900, 1.1));
            context = Math.min(190_000, context + grown);
            if (agent.caches) {
                request.cacheRead = Math.round(context * 0.96);
                request.cacheWrite = grown;
                request.input = Math.round(chance.around(40, 1.0));
            } else {
                request.input = Math.round(context * 0.35);
            }
            request.output = Math.round(Math.min(12_000, chance.around(180, 1.1)));
            if (isPrompt) {
                request.promptCharacters = (int) Math.min(40_000, Math.round(chance.around(140, 1.1)));
                request.fingerprint = chance.of(0.12) ? (long) chance.below(9) : chance.bits();
            }
            if (chance.of(0.25)) {
                request.suggested = 1 + chance.bursty(18);
                request.accepted = (int) Math.round(request.suggested * (chance.of(worker.keeps * 1.8) ? 1 : 0.1));
            }
            made.add(add(request));
            time += secondsApart / 3600 * Math.exp(0.9 * chance.normal());
        }
        return made;
    }

    Request add(Request request) {
        request.credential = 0;
        requests.add(request);
        return request;
    }

    /** Adds commits, and merges of some of them, by others a few hours later. */
    void ship(double hours, int commits, double linesMedian) {
        for (int commit = 0; commit < commits; commit++) {
            int lines = (int) Math.min(20_000, chance.around(linesMedian, 1.7));
            outcomes.add(new Outcome(
                    at(hours + chance.between(0, 1.5)),
                    "commit",
                    lines,
                    (int) (lines * chance.between(0, 0.9)),
                    chance.of(0.025),
                    null,
                    null,
                    null));
            if (chance.of(0.35)) {
                String subject = name("pr");
                double opened = hours + chance.between(0.1, 2);
                double merged = opened + Math.min(120, chance.around(5, 1.5));
                outcomes.add(new Outcome(at(opened), "pull_request_opened", lines, 0, null, subject, null, null));
                outcomes.add(new Outcome(
                        at(merged),
                        "pull_request_merged",
                        lines,
                        (int) (lines * 0.4),
                        chance.of(0.03),
                        subject,
                        worker.company.colleague(worker.position, chance),
                        chance.of(0.06)));
            }
        }
    }

    void deliver(double hours, String kind, int times) {
        for (int time = 0; time < times; time++) {
            boolean isReview = kind.equals("review");
            outcomes.add(new Outcome(
                    at(hours + chance.between(0, 3)),
                    kind,
                    null,
                    null,
                    null,
                    name("w"),
                    isReview ? worker.company.colleague(worker.position, chance) : null,
                    null));
        }
    }

    void act(double hours, String action, String approval, String environment) {
        actions.add(new Action(at(hours), action, approval, environment, chance.of(0.95), chance.of(0.02)));
    }
}
