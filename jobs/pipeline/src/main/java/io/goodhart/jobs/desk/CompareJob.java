package io.goodhart.jobs.desk;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
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
        PublishedNight now = PublishedNight.read(warehouse, runDate, people);
        PublishedNight then = PublishedNight.read(warehouse, with, people);
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
        return ids.stream()
                .map(id -> {
                    Optional<TableRow> before =
                            Optional.ofNullable(then.patterns().get(id));
                    Optional<TableRow> after =
                            Optional.ofNullable(now.patterns().get(id));
                    TableRow either = after.or(() -> before).orElseThrow();
                    return new PatternChange(
                            either.text(UsagePatterns.NAME),
                            arrow(
                                    before.map(row -> row.text(UsagePatterns.PEOPLE)),
                                    after.map(row -> row.text(UsagePatterns.PEOPLE))),
                            arrow(before.map(CompareJob::wasted), after.map(CompareJob::wasted)),
                            before.isEmpty() ? NEW : after.isEmpty() ? GONE : "");
                })
                .toList();
    }

    private static String wasted(TableRow pattern) {
        return pattern.isNull(UsagePatterns.WASTED_USD)
                ? "not known"
                : String.format(Locale.ROOT, "%,.2f", pattern.money(UsagePatterns.WASTED_USD));
    }

    private static Optional<Change> change(String person, PublishedNight then, PublishedNight now) {
        Optional<TableRow> before = Optional.ofNullable(then.findings().get(person));
        Optional<TableRow> after = Optional.ofNullable(now.findings().get(person));
        String kind = kind(before, after);
        boolean same = kind.equals(MOVED)
                && rank(before).equals(rank(after))
                && then.patternName(before).equals(now.patternName(after));
        if (same) {
            return Optional.empty();
        }
        return Optional.of(new Change(
                kind,
                person,
                arrow(before.map(CompareJob::rank), after.map(CompareJob::rank)),
                arrow(then.score(person), now.score(person)),
                arrow(before.map(row -> then.patternName(before)), after.map(row -> now.patternName(after))),
                WhyChanged.words(person, then, now)));
    }

    private static String kind(Optional<TableRow> before, Optional<TableRow> after) {
        if (before.isEmpty()) {
            return NEW;
        }
        if (after.isEmpty()) {
            return GONE;
        }
        boolean wasOpen = !before.get().isNull(SuspiciousUsage.RANK);
        boolean isOpen = !after.get().isNull(SuspiciousUsage.RANK);
        return wasOpen == isOpen ? MOVED : isOpen ? OPEN_AGAIN : SUPPRESSED;
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
