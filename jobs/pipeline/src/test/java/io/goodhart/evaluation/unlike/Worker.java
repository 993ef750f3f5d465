package io.goodhart.evaluation.unlike;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One person: how much, when and with what they work, and what they do besides. */
final class Worker {
    private static final List<String> ROLES = List.of(
            "engineer",
            "engineer",
            "engineer",
            "engineer",
            "engineer",
            "data",
            "operations",
            "designer",
            "product",
            "writer");
    private static final int TEAM = 11;

    final UnlikeCompany company;
    final int position;
    final String role;
    final int zoneHours;
    private final Tool usualAgent;
    final String model;
    final double keeps;
    final Part part;
    /** First day of what the part is: of gaming, or of what looks like it. */
    final LocalDate from;

    private final double level;
    private final double output;
    private final double starts;
    private final boolean isLight;
    private final double completionShare;
    private final double agentShare;
    private final LocalDate takesUp;

    Worker(UnlikeCompany company, int position) {
        this.company = company;
        this.position = position;
        Chance chance = new Chance(company.seed(), 1_000_003L * position + 1);
        role = ROLES.get(position / TEAM % 3 == 0 ? 0 : chance.below(ROLES.size()));
        zoneHours = chance.pick(List.of(-7, -4, 1, 1, 2, 5));
        starts = 8 + 3 * chance.between(0, 1);
        isLight = chance.of(0.33);
        level = chance.around(isLight ? 2.5 : 22, 1.1);
        output = chance.pareto(0.5, 2.2);
        usualAgent = chance.of(0.7) ? Tool.AGENT : Tool.PLAIN_AGENT;
        model = chance.of(0.15) ? "deep-4" : chance.of(0.4) ? "even-3" : "even-2";
        keeps = chance.between(0.15, 0.5);
        boolean writesCode = role.equals("engineer") || role.equals("data") || role.equals("operations");
        completionShare = writesCode ? chance.between(0, 0.7) : 0;
        agentShare = isLight ? 0 : writesCode ? chance.between(0, 0.9) : chance.between(0, 0.3);
        takesUp = chance.of(0.3)
                ? company.first().plusDays(chance.below(Math.max(1, company.days() - 25)))
                : company.first().minusDays(90);
        part = company.part(position);
        from = company.until().minusDays(part == null ? 0 : part.daysAgo(chance));
    }

    String id() {
        return company.personId(position);
    }

    String team() {
        return "t" + position / TEAM;
    }

    /** Returns the agent that the person works with on that day. */
    Tool agent(LocalDate date) {
        return part == Part.NO_CACHE_CLIENT ? (isPart(date) ? Tool.PLAIN_AGENT : Tool.AGENT) : usualAgent;
    }

    boolean isPart(LocalDate date) {
        return part != null && !date.isBefore(from);
    }

    /** Returns all days, the honest work of each first and then what the part makes of it. */
    List<WorkDay> days() {
        List<WorkDay> days = new ArrayList<>();
        for (LocalDate date = company.first(); !date.isAfter(company.until()); date = date.plusDays(1)) {
            WorkDay day =
                    new WorkDay(this, date, new Chance(company.seed() + date.toEpochDay(), 7_919L * position + 5));
            if (part != Part.NEW_HIRE || isPart(date)) {
                work(day, 1, 1);
            }
            if (isPart(date)) {
                part.change(day);
            }
            days.add(day);
        }
        return days;
    }

    /** Adds an ordinary day of so many times the use and the outcomes. */
    void work(WorkDay day, double moreUse, double moreOutput) {
        Chance chance = day.chance;
        double mood = Math.exp(0.8 * chance.normal() - 0.3);
        boolean works = !day.isWeekend() || chance.of(0.06);
        if (!works || chance.of(0.07)) {
            return;
        }
        boolean usesIt = !day.date.isBefore(takesUp) && (!isLight || chance.of(0.4));
        double requests = usesIt ? level * mood * moreUse : 0;
        int sessions = chance.count(1 + Math.sqrt(requests) / 3);
        for (int session = 0; session < sessions && requests > 0; session++) {
            double hours = starts + chance.between(0, 8.5);
            int size = chance.count(requests / sessions * Math.min(6, chance.pareto(0.4, 1.6)));
            if (chance.of(agentShare)) {
                day.delegate(hours, Math.min(size * 2, 400), 35);
            } else if (chance.of(completionShare)) {
                for (int request = 0; request < size * 3; request++) {
                    day.complete(hours + request / 180d * chance.between(0.2, 1.8));
                }
            } else {
                for (int request = 0; request < size; request++) {
                    Request asked = day.ask(hours + request / 25d * chance.between(0.2, 1.8));
                    if (chance.of(0.04)) {
                        asked.fingerprint = (long) chance.below(20);
                    }
                }
            }
        }
        double lift = Math.pow(Math.max(1, requests) / 10, 0.25);
        deliver(day, output * lift * moreOutput);
    }

    private void deliver(WorkDay day, double amount) {
        Chance chance = day.chance;
        double hours = starts + chance.between(1, 8);
        switch (role) {
            case "writer" -> day.deliver(hours, "document_published", chance.bursty(amount * 0.25));
            case "product", "designer" -> {
                day.deliver(hours, "issue_closed", chance.bursty(amount * 0.5));
                day.deliver(hours, "document_published", chance.bursty(amount * 0.12));
            }
            case "operations" -> {
                day.ship(hours, chance.bursty(amount * 0.5), 12);
                day.deliver(hours, "deployment", chance.bursty(amount * 0.3));
                for (int act = chance.bursty(amount * 0.6); act > 0; act--) {
                    day.act(
                            hours,
                            chance.pick(List.of("deploy", "shell", "ticket_update")),
                            chance.of(0.9) ? "human_before" : "none",
                            "stage");
                }
            }
            default -> {
                day.ship(hours, chance.bursty(amount), 22);
                day.deliver(hours, "review", chance.bursty(amount * 0.6));
                for (int act = agentShare > 0.3 ? chance.bursty(amount) : 0; act > 0; act--) {
                    day.act(
                            hours,
                            chance.pick(List.of("file_write", "shell", "push")),
                            chance.of(0.8) ? "human_before" : "none",
                            "dev");
                }
            }
        }
    }
}
