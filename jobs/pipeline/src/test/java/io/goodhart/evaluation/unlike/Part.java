package io.goodhart.evaluation.unlike;

import static io.goodhart.evaluation.unlike.UnlikeCompany.SNAPSHOT_DAY;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What somebody's days are besides honest ordinary work: gaming of a listed or an unlisted kind, or honest and odd. */
public enum Part {
    RUNAWAY_LOOP(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            if (day.chance.of(0.6)) {
                int steps = times(day, 900);
                gamed(day.delegate(day.chance.between(6, 10), steps, 16 * 3600d / Math.max(steps, 1)));
            }
        }
    },
    TIMER_PING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            int pings = times(day, 80);
            for (int ping = 0; ping < pings && !day.isWeekend(); ping++) {
                small(day, 8 + ping * 11d / pings, 18, 4).fingerprint = 900_000L + day.worker.position * 3L + ping % 3;
            }
        }
    },
    DUPLICATE_PROMPTS(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            double hours = day.chance.between(9, 15);
            for (int ask = times(day, 120); ask > 0; ask--) {
                hours += day.chance.between(15, 160) / 3600;
                day.ask(hours).allGamed().fingerprint = 800_000L + day.worker.position * 2L + ask % 2;
            }
        }
    },
    CONTEXT_STUFFING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 10); ask > 0; ask--) {
                Request stuffed = day.ask(day.chance.between(9, 18));
                stuffed.input = Math.round(day.chance.around(240_000, 0.4));
                stuffed.output = Math.round(day.chance.around(25, 0.6));
                stuffed.allGamed();
            }
        }
    },
    CACHE_BUSTING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                day.delegate(day.chance.between(9, 15), times(day, 60) + 15, 40);
            }
            day.requests.stream().filter(request -> request.cacheRead != null).forEach(request -> {
                long busted = Math.round(request.cacheRead * 0.95);
                request.cacheRead -= busted;
                request.input += busted;
                request.gamed = busted;
            });
        }
    },
    DISCARD_GENERATION(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (Request made : day.isWeekend() ? List.<Request>of() : day.delegate(10, times(day, 70), 60)) {
                made.output = Math.round(day.chance.around(3_500, 0.5));
                made.suggested = (int) Math.round(day.chance.around(240, 0.5));
                made.accepted = day.chance.of(0.02) ? 3 : 0;
                made.allGamed();
            }
        }
    },
    PREMIUM_TRIVIAL(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            day.requests.forEach(request -> request.model = "deep-5");
            for (int ask = onWorkdays(day, 70); ask > 0; ask--) {
                small(day, day.chance.between(8, 19), 60, 25).model = "deep-5";
            }
        }
    },
    SNAPSHOT_BURST(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            if (day.date.getDayOfWeek().getValue() == SNAPSHOT_DAY) {
                gamed(day.delegate(8, times(day, 420), 70));
            }
        }
    },
    THRESHOLD_SITTING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            day.requests.clear();
            if (day.date.getDayOfWeek().getValue() == 5) {
                small(day, day.chance.between(15, 18), 12, 20);
            }
        }
    },
    CAP_CALIBRATION(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            day.requests.clear();
            if (!day.isWeekend()) {
                double left = UnlikeCompany.WEEKLY_CAP / 5d * day.chance.between(0.975, 0.999);
                while (left > 1_000) {
                    Request request = day.ask(day.chance.between(9, 18));
                    request.output = 200;
                    request.input = (long) Math.min(left, Math.max(1_000, day.chance.around(60_000, 0.4)));
                    left -= request.allGamed().input + 200;
                }
            }
        }
    },
    ROTATED_ACCOUNTS(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                List<Request> made = day.delegate(day.chance.between(8, 11), times(day, 160), 90);
                for (int step = 0; step < made.size(); step++) {
                    made.get(step).credential = 1 + step / 12 % 4;
                }
                gamed(made);
            }
        }
    },
    OUTPUT_SPLITTING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int merge = onWorkdays(day, 7); merge > 0; merge--) {
                double hours = day.chance.between(9, 18);
                String subject = day.name("pr");
                int lines = 1 + day.chance.below(6);
                day.outcomes.add(
                        new WorkDay.Outcome(day.at(hours), "pull_request_opened", lines, 0, null, subject, null, null));
                day.outcomes.add(new WorkDay.Outcome(
                        day.at(hours + day.chance.between(0.02, 0.15)),
                        "pull_request_merged",
                        lines,
                        0,
                        day.chance.of(0.25),
                        subject,
                        day.worker.position,
                        true));
            }
        }
    },
    PING_PONG(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 450); ask > 0; ask--) {
                small(day, day.chance.between(8, 20), 70, 40);
            }
        }
    },
    MODEL_FANOUT(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int prompt = onWorkdays(day, 14); prompt > 0; prompt--) {
                double hours = day.chance.between(9, 18);
                long fingerprint = day.chance.bits();
                for (String model : Prices.TIERS.keySet()) {
                    Request request = day.ask(hours += day.chance.between(0.01, 0.06));
                    request.model = model;
                    request.fingerprint = fingerprint;
                    request.allGamed();
                }
            }
        }
    },
    SCHEDULED_BOT(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            int batch = times(day, 90);
            for (int ask = 0; ask < batch; ask++) {
                Request request = day.ask(2.28 + ask * 0.008);
                request.input = 2_400;
                request.output = 350;
                request.initiator = "schedule";
                request.allGamed();
            }
        }
    },
    COLLUSIVE_RING(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 45); ask > 0; ask--) {
                day.ask(day.chance.between(9, 18)).allGamed().fingerprint = 700_000L + day.chance.below(60);
            }
        }
    },
    RISKY_UNSUPERVISED(Kind.LISTED) {
        @Override
        void change(WorkDay day) {
            for (int act = times(day, 14); act > 0; act--) {
                day.act(
                        day.chance.between(0, 24),
                        day.chance.pick(List.of("deploy", "delete", "email_send", "data_write")),
                        "none",
                        "prod");
            }
        }
    },
    PADDED_PROMPTS(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            day.requests.stream()
                    .filter(request -> request.promptCharacters != null)
                    .forEach(request -> {
                        long padding = Math.round(times(day, 14_000) * day.chance.around(1, 0.3));
                        request.input += padding;
                        request.promptCharacters += (int) padding * 4;
                        request.gamed = padding;
                    });
        }
    },
    MORNING_DUMP(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                Request dump = day.ask(9.08 + day.chance.between(0, 0.05));
                dump.input = times(day, 850_000);
                dump.output = 700;
                dump.allGamed();
            }
        }
    },
    BRANCH_CHURN(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                gamed(day.delegate(10, times(day, 120), 60));
                for (int commit = times(day, 8); commit > 0; commit--) {
                    day.outcomes.add(new WorkDay.Outcome(
                            day.at(day.chance.between(10, 18)), "commit", 1_900, 1_900, true, null, null, null));
                }
            }
        }
    },
    REASONING_FOR_TRIVIA(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 35); ask > 0; ask--) {
                Request request = small(day, day.chance.between(9, 18), 60, 1);
                request.model = "deep-4";
                request.output = Math.round(day.chance.around(6_500, 0.3));
                request.allGamed();
            }
        }
    },
    TRANSLATED_TO_AND_FRO(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            double hours = 10;
            for (int ask = onWorkdays(day, 60); ask > 0; ask--) {
                Request request = day.ask(hours += 0.05);
                request.input = Math.round(day.chance.around(4_000, 0.1));
                request.output = Math.round(request.input * 1.05);
                request.allGamed();
            }
        }
    },
    TESTS_MADE_ANEW(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (Request made : day.isWeekend() ? List.<Request>of() : day.delegate(11, times(day, 90), 50)) {
                made.output = Math.round(day.chance.around(2_800, 0.3));
                made.suggested = 130;
                made.accepted = 130;
                made.allGamed();
            }
        }
    },
    AGENTS_TALKING(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            if (day.chance.of(0.5)) {
                gamed(day.delegate(19, times(day, 320), 25));
                gamed(day.delegate(19, times(day, 320), 25));
            }
        }
    },
    LUNCH_BOT(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 130); ask > 0; ask--) {
                day.ask(day.chance.between(12, 13)).allGamed();
            }
        }
    },
    KEPT_ALIVE(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            int asks = onWorkdays(day, 50);
            for (int ask = 0; ask < asks; ask++) {
                small(day, 8.5 + ask * 10d / asks + day.chance.between(0, 0.05), 160, 60);
            }
        }
    },
    ERROR_LOOP(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = day.chance.of(0.6) ? times(day, 320) : 0; ask > 0; ask--) {
                Request request = day.ask(13 + ask * 0.006);
                request.status = "error";
                request.output = 0;
                request.input = 3_100;
                request.allGamed();
            }
        }
    },
    SPLIT_TICKETS(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            day.deliver(14, "issue_closed", onWorkdays(day, 18));
            for (int ask = onWorkdays(day, 18); ask > 0; ask--) {
                small(day, day.chance.between(13, 15), 300, 150);
            }
        }
    },
    RUBBER_STAMPS(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int stamp = onWorkdays(day, 25); stamp > 0; stamp--) {
                day.outcomes.add(new WorkDay.Outcome(
                        day.at(16 + stamp * 0.006),
                        "review",
                        null,
                        null,
                        null,
                        day.name("w"),
                        day.worker.company.colleague(day.worker.position, day.chance),
                        null));
                Request request = day.ask(16 + stamp * 0.006);
                request.input = Math.round(day.chance.around(9_000, 0.3));
                request.output = 40;
                request.allGamed();
            }
        }
    },
    DOCUMENT_SPAM(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int document = onWorkdays(day, 9); document > 0; document--) {
                day.deliver(11, "document_published", 1);
                Request request = day.ask(day.chance.between(11, 14));
                request.output = Math.round(day.chance.around(5_200, 0.2));
                request.allGamed();
            }
        }
    },
    NEAR_DUPLICATES(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 160); ask > 0; ask--) {
                Request request = day.ask(day.chance.between(9, 18));
                request.input = 812;
                request.output = 305 + day.chance.below(4);
                request.promptCharacters = 655;
                request.allGamed();
            }
        }
    },
    FULL_CONTEXTS(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            for (int ask = onWorkdays(day, 16); ask > 0; ask--) {
                Request request = day.ask(day.chance.between(9, 18));
                request.input = 199_900 + day.chance.below(90);
                request.output = Math.round(day.chance.around(900, 0.5));
                request.allGamed();
            }
        }
    },
    END_OF_MONTH(Kind.UNLISTED) {
        @Override
        void change(WorkDay day) {
            if (day.date.getDayOfMonth() > day.date.lengthOfMonth() - 5) {
                gamed(day.delegate(8, times(day, 600), 60));
            }
        }
    },
    NEW_HIRE(Kind.ODD),
    LEAVE(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (!day.date.isAfter(day.worker.from.plusDays(20))) {
                day.requests.clear();
                day.outcomes.clear();
                day.actions.clear();
            }
        }
    },
    MIGRATION(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.isBefore(day.worker.from.plusDays(25))) {
                day.worker.work(day, 4, 3);
            }
        }
    },
    ON_CALL(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.toEpochDay() / 7 % 3 == 0) {
                day.delegate(day.chance.between(0, 5), 40, 30);
                day.deliver(3, "incident_resolved", day.chance.bursty(0.5));
            }
        }
    },
    EVALUATIONS(Kind.DECLARED) {
        @Override
        void change(WorkDay day) {
            MODEL_FANOUT.change(day);
        }
    },
    NIGHTLY_BATCH(Kind.DECLARED) {
        @Override
        void change(WorkDay day) {
            SCHEDULED_BOT.change(day);
        }
    },
    STAR(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            day.worker.work(day, 4, 3);
            day.worker.work(day, 2, 3);
        }
    },
    REVIEWER(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                day.outcomes.removeIf(outcome -> outcome.kind().startsWith("pull_request"));
                day.deliver(10, "review", day.chance.bursty(7));
                for (int ask = 0; ask < 8; ask++) {
                    day.ask(day.chance.between(9, 18)).input *= 4;
                }
            }
        }
    },
    NIGHT_OWL(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.chance.of(0.7)) {
                day.delegate(day.chance.between(20, 26), 40, 50);
                day.ship(23, day.chance.bursty(2), 25);
            }
        }
    },
    PART_TIME(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.getDayOfWeek().getValue() > 2) {
                day.requests.clear();
                day.outcomes.clear();
                day.actions.clear();
            }
        }
    },
    NO_CACHE_CLIENT(Kind.ODD),
    LIGHT_USER(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            List<Request> kept = new ArrayList<>(day.requests.subList(0, Math.min(2, day.requests.size())));
            day.requests.clear();
            day.requests.addAll(kept);
        }
    },
    TEMPLATE_USER(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            for (int ask = day.isWeekend() ? 0 : day.chance.bursty(4); ask > 0; ask--) {
                day.ask(day.chance.between(9, 18)).fingerprint = 500_000L + day.worker.position;
                day.deliver(15, "issue_closed", 1);
            }
        }
    },
    SMALL_FIXES(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (!day.isWeekend()) {
                day.ship(11, day.chance.bursty(6), 4);
            }
        }
    },
    MONTHLY_REPORT(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.getDayOfMonth() == 28) {
                for (int ask = 0; ask < 40; ask++) {
                    day.ask(10 + ask * 0.1).input *= 10;
                }
                day.deliver(16, "document_published", 3);
            }
        }
    },
    INCIDENT(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.isBefore(day.worker.from.plusDays(4))) {
                day.delegate(day.chance.between(16, 22), 180, 40);
                day.ship(22, 4, 15);
                day.deliver(23, "incident_resolved", 1);
            }
        }
    },
    TRANSLATOR(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            for (int ask = day.isWeekend() ? 0 : 20; ask > 0; ask--) {
                Request request = day.ask(day.chance.between(9, 18));
                request.input = Math.round(day.chance.around(3_000, 0.6));
                request.output = request.input;
            }
            day.deliver(15, "document_published", day.chance.bursty(2));
        }
    },
    WEEKENDS(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.isWeekend()) {
                day.delegate(day.chance.between(10, 16), 60, 60);
                day.ship(17, day.chance.bursty(4), 30);
            }
        }
    },
    SQUASHER(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            if (day.date.getDayOfWeek().getValue() != 4) {
                day.outcomes.removeIf(outcome -> outcome.kind().startsWith("pull_request"));
            } else {
                day.ship(15, 3, 700);
            }
        }
    },
    LONG_QUESTIONS(Kind.ODD) {
        @Override
        void change(WorkDay day) {
            day.requests.stream().filter(request -> request.tool == Tool.CHAT).forEach(request -> {
                request.input *= 5;
                request.output *= 4;
                request.model = "deep-4";
            });
        }
    };

    /** What a part is. */
    public enum Kind {
        LISTED,
        UNLISTED,
        ODD,
        DECLARED
    }

    /** What most people who do it have always done. */
    private static final Set<Part> HABITS = EnumSet.of(
            NIGHT_OWL,
            PART_TIME,
            LIGHT_USER,
            WEEKENDS,
            STAR,
            REVIEWER,
            TRANSLATOR,
            TEMPLATE_USER,
            SMALL_FIXES,
            SQUASHER,
            LONG_QUESTIONS,
            MONTHLY_REPORT);

    final Kind kind;

    Part(Kind kind) {
        this.kind = kind;
    }

    static List<Part> of(Kind kind) {
        List<Part> parts = new ArrayList<>();
        for (Part part : values()) {
            if (part.kind == kind) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Changes a day of the part, on which the honest work is done already. */
    void change(WorkDay day) {}

    boolean isGaming() {
        return kind == Kind.LISTED || kind == Kind.UNLISTED;
    }

    /** Returns what {@code truth} says of it. */
    String truth() {
        String name = name().toLowerCase(Locale.ROOT);
        return isGaming() ? name : "~" + name;
    }

    /** Returns how many days before the last one it begins. */
    int daysAgo(Chance chance) {
        if (isGaming()) {
            return 5 + chance.below(80);
        }
        return HABITS.contains(this) && chance.of(0.7) ? 400 : 10 + chance.below(60);
    }

    private static int times(WorkDay day, int loud) {
        return day.chance.count(loud * day.worker.company.volume() * day.chance.around(1, 0.25));
    }

    private static int onWorkdays(WorkDay day, int loud) {
        return day.isWeekend() ? 0 : times(day, loud);
    }

    private static Request small(WorkDay day, double hours, int input, int output) {
        Request request = day.ask(hours);
        request.input = Math.round(day.chance.around(input, 0.3));
        request.output = Math.round(day.chance.around(output, 0.3));
        request.promptCharacters = (int) request.input * 3;
        return request.allGamed();
    }

    private static void gamed(List<Request> made) {
        made.forEach(Request::allGamed);
    }
}
