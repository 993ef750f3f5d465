package io.goodhart.jobs.desk;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import io.goodhart.findings.WhatBecame;
import io.goodhart.jobs.desk.Comparison.Change;
import io.goodhart.jobs.desk.Comparison.PatternChange;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells what changed from one published night to another: findings and patterns that are new, gone or moved, and why. */
public final class CompareJob {
    private static final String NEW = "new";
    private static final String GONE = "gone";
    private static final String SUPPRESSED = "suppressed";
    private static final String OPEN_AGAIN = "open again";
    private static final String MOVED = "moved";
    private static final List<String> ORDER = List.of(NEW, GONE, SUPPRESSED, OPEN_AGAIN, MOVED);

    private final Warehouse warehouse;

    public CompareJob(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Compares the night of {@code runDate} with that of {@code with}.
     *
     * @throws Failure.InputNotThere if one of them has not been published
     */
    public Comparison run(LocalDate runDate, LocalDate with) {
        for (LocalDate date : List.of(runDate, with)) {
            if (warehouse.runs().published(date).isEmpty()) {
                throw Messages.notPublished(date, SuspiciousUsage.CONTRACT.name());
            }
        }
        Set<String> people = new TreeSet<>(PublishedNight.peopleFound(warehouse, runDate));
        people.addAll(PublishedNight.peopleFound(warehouse, with));
        return of(PublishedNight.read(warehouse, with, people), PublishedNight.read(warehouse, runDate, people));
    }

    /** Compares two nights of which all that is said of the people of either's findings was read. */
    static Comparison of(PublishedNight then, PublishedNight now) {
        Set<String> people = new TreeSet<>(then.findings().keySet());
        people.addAll(now.findings().keySet());
        List<Change> changes = people.stream()
                .flatMap(person -> change(person, then, now).stream())
                .sorted(Comparator.comparingInt((Change change) -> ORDER.indexOf(change.kind()))
                        .thenComparing(Change::rank, Comparator.comparingInt(CompareJob::leadingNumber))
                        .thenComparing(Change::personId))
                .toList();
        return new Comparison(nights(then, now), patterns(then, now), changes, summary(changes));
    }

    private static List<String> nights(PublishedNight then, PublishedNight now) {
        List<String> told = new ArrayList<>(List.of("then " + then.words(), "now  " + now.words()));
        if (!then.modelId().equals(now.modelId())) {
            told.add("Another model scored them, so every score may differ.");
        }
        return told;
    }

    private static List<PatternChange> patterns(PublishedNight then, PublishedNight now) {
        Set<String> ids = new TreeSet<>(then.patterns().keySet());
        ids.addAll(now.patterns().keySet());
        return ids.stream().flatMap(id -> pattern(id, then, now).stream()).toList();
    }

    /** Returns what is told of a pattern that somebody has on one of the nights. */
    private static Optional<PatternChange> pattern(String id, PublishedNight then, PublishedNight now) {
        Optional<TableRow> before = then.borne(id);
        Optional<TableRow> after = now.borne(id);
        return after.or(() -> before)
                .map(either -> new PatternChange(
                        either.text(UsagePatterns.NAME),
                        arrow(
                                before.map(row -> row.text(UsagePatterns.PEOPLE)),
                                after.map(row -> row.text(UsagePatterns.PEOPLE))),
                        arrow(before.map(CompareJob::wasted), after.map(CompareJob::wasted)),
                        before.isPresent() && after.isPresent()
                                ? ""
                                : became(now.patterns().get(id)).orElse(after.isPresent() ? NEW : GONE)));
    }

    /** A pattern that went before that night has no row there, and nothing is told of it. */
    private static Optional<String> became(TableRow rowOrNull) {
        return Optional.ofNullable(rowOrNull).flatMap(row -> WhatBecame.in(row.text(UsagePatterns.DESCRIPTION)));
    }

    private static String wasted(TableRow pattern) {
        return pattern.isNull(UsagePatterns.WASTED_USD)
                ? "not known"
                : String.format(Locale.ROOT, "%,.2f", pattern.money(UsagePatterns.WASTED_USD));
    }

    private static Optional<Change> change(String person, PublishedNight then, PublishedNight now) {
        Optional<TableRow> before = Optional.ofNullable(then.findings().get(person));
        Optional<TableRow> after = Optional.ofNullable(now.findings().get(person));
        return kind(person, then, now)
                .filter(kind -> !kind.equals(MOVED)
                        || !rank(before).equals(rank(after))
                        || !then.patternName(before).equals(now.patternName(after)))
                .map(kind -> new Change(
                        kind,
                        person,
                        arrow(before.map(CompareJob::rank), after.map(CompareJob::rank)),
                        arrow(then.score(person), now.score(person)),
                        arrow(before.map(row -> then.patternName(before)), after.map(row -> now.patternName(after))),
                        WhyChanged.words(person, then, now)));
    }

    /** Goes by who is in rank, for a suppressed finding is nobody's to look at; empty: the person is on neither night. */
    private static Optional<String> kind(String person, PublishedNight then, PublishedNight now) {
        boolean was = then.inRank(person).isPresent();
        boolean is = now.inRank(person).isPresent();
        if (was && is) {
            return Optional.of(MOVED);
        }
        if (is) {
            return Optional.of(then.isSuppressed(person) ? OPEN_AGAIN : NEW);
        }
        return was ? Optional.of(now.isSuppressed(person) ? SUPPRESSED : GONE) : Optional.empty();
    }

    private static String rank(Optional<TableRow> finding) {
        return finding.map(CompareJob::rank).orElse("");
    }

    private static String rank(TableRow finding) {
        return finding.isNull(SuspiciousUsage.RANK) ? "none" : finding.text(SuspiciousUsage.RANK);
    }

    /** Returns "before → after", or what there is of the two, or one where they are the same. */
    private static String arrow(Optional<String> before, Optional<String> after) {
        if (before.equals(after)) {
            return before.orElse("");
        }
        return before.orElse("") + " -> " + after.orElse("");
    }

    /** Orders ranks as numbers, those after before those before. */
    private static int leadingNumber(String rank) {
        String last = rank.substring(rank.lastIndexOf(' ') + 1);
        return last.matches("\\d+") ? Integer.parseInt(last) : Integer.MAX_VALUE;
    }

    private static String summary(List<Change> changes) {
        List<String> counts = ORDER.stream()
                .map(kind -> changes.stream()
                                .filter(change -> change.kind().equals(kind))
                                .count()
                        + " " + kind)
                .toList();
        return String.join(", ", counts);
    }
}
