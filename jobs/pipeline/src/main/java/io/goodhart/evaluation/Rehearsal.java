package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.evaluation.RehearsalReport.FalseAlarms;
import io.goodhart.evaluation.RehearsalReport.Line;
import io.goodhart.failures.Messages;
import io.goodhart.jobs.Rejudgement;
import io.goodhart.landing.Landing;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Injection;
import io.goodhart.simulation.PlainRows;
import io.goodhart.simulation.RealCompany;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Known gaming, played in copies of honest people's own events, and what a published night would have made of it: what this finds in
 * <i>this</i> company's data, before anybody believes it.
 *
 * <p>Only the events of the people who play are read again. Their days take the place of their landed ones in memory; everybody else's
 * days, the model, and what is normal come from the warehouse. Nothing is written but the figures, beside the night's own counts.
 */
public final class Rehearsal {
    private static final double UNREMARKABLE_P_VALUE = 0.1;
    private static final long LEAST_REQUESTS = 20;
    private static final long SEED = 1;
    private static final int SEEN_MODELS = 6;
    private static final int FRIDAY = 5;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Settings settings;
    private final String modelFolder;
    private final Progress progress;

    /** @param modelFolder where models are saved, a Hadoop path */
    public Rehearsal(
            SparkSession spark, Warehouse warehouse, Settings settings, String modelFolder, Progress progress) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.settings = settings;
        this.modelFolder = modelFolder;
        this.progress = progress;
    }

    /** People who play one behaviour. */
    private record Cast(Behaviour behaviour, List<Injection.Subject> people) {}

    /**
     * Rehearses the night of {@code runDate} and keeps the figures with its run.
     *
     * @param volumes how loud the gaming is, 1 being that of {@code simulate}
     * @param peopleEach how many people play each behaviour
     */
    public RehearsalReport run(LocalDate runDate, String inputRoot, List<Double> volumes, int peopleEach) {
        RunRecord night = warehouse
                .runs()
                .published(runDate)
                .orElseThrow(() -> Messages.notPublished(runDate, UsageScores.CONTRACT.name()));
        LocalDate windowStart = runDate.minusDays(settings.windows().windowDays() - 1L);
        Set<LocalDate> days = windowStart.datesUntil(runDate.plusDays(1)).collect(Collectors.toSet());
        CheckedInput checked = progress.step(
                "check input", () -> Input.open(spark, inputRoot, runDate).check(days), found -> days.size());
        RealCompany company = company(checked, runDate, windowStart);
        List<Behaviour> played = Behaviour.ALL.stream().filter(company::knows).toList();
        List<Cast> casts = progress.step(
                "people's own events", () -> casts(checked, days, played, peopleEach, runDate), List::size);
        List<Line> lines = new ArrayList<>();
        List<FalseAlarms> alarms = new ArrayList<>();
        Set<String> flaggedAnyway = flaggedBy(runDate);
        try (Rejudgement rejudgement =
                Rejudgement.of(spark, warehouse, settings, modelFolder, progress, runDate, checked)) {
            for (double volume : volumes) {
                long strangers = 0;
                List<List<Cast>> rounds = rounds(casts, runDate);
                for (List<Cast> round : rounds) {
                    Set<String> flagged = progress.step(
                            "rehearsal at volume " + volume,
                            () -> Set.copyOf(rejudgement.flagged(
                                    landing(checked, company, round, volume, windowStart, runDate))),
                            Set::size);
                    Set<String> players = new HashSet<>();
                    for (Cast cast : round) {
                        List<String> ids = cast.people().stream()
                                .map(Injection.Subject::personId)
                                .toList();
                        players.addAll(ids);
                        lines.add(new Line(
                                cast.behaviour().id(),
                                volume,
                                ids.size(),
                                ids.stream().filter(flagged::contains).count()));
                    }
                    strangers += flagged.stream()
                            .filter(person -> !players.contains(person) && !flaggedAnyway.contains(person))
                            .count();
                }
                alarms.add(new FalseAlarms(volume, strangers, rounds.size()));
            }
        }
        RehearsalReport report = new RehearsalReport(
                runDate,
                lines,
                alarms,
                Behaviour.ALL.stream()
                        .filter(behaviour -> !played.contains(behaviour))
                        .map(Behaviour::id)
                        .toList());
        warehouse.addCounts(night, report.counts());
        return report;
    }

    /** Together the players of a round take at most half the alert budget, so that nobody goes unflagged for want of room. */
    private List<List<Cast>> rounds(List<Cast> casts, LocalDate runDate) {
        long judged = warehouse
                .read(UsageScores.CONTRACT, runDate)
                .where(UsageScores.SCORE.col().isNotNull())
                .count();
        long room = (long) Math.floor(settings.decision().alertBudget() * judged / 2);
        List<List<Cast>> rounds = new ArrayList<>();
        long taken = 0;
        for (Cast cast : casts) {
            if (rounds.isEmpty() || taken + cast.people().size() > room) {
                rounds.add(new ArrayList<>());
                taken = 0;
            }
            rounds.get(rounds.size() - 1).add(cast);
            taken += cast.people().size();
        }
        return rounds;
    }

    /** Returns the rows of the landing, those of the players' window days made anew from what they would have left. */
    private Dataset<Row> landing(
            CheckedInput checked,
            RealCompany company,
            List<Cast> round,
            double volume,
            LocalDate windowStart,
            LocalDate runDate) {
        List<Row> usage = new ArrayList<>();
        List<Row> outcomes = new ArrayList<>();
        List<Row> actions = new ArrayList<>();
        Set<String> players = new HashSet<>();
        for (Cast cast : round) {
            Injection.Events gamed =
                    new Injection(cast.behaviour(), volume, windowStart, runDate, SEED, company).into(cast.people());
            usage.addAll(gamed.usage());
            outcomes.addAll(gamed.outcomes());
            actions.addAll(gamed.actions());
            cast.people().forEach(person -> players.add(person.personId()));
        }
        Dataset<Row> made = new Landing(
                        checked.dimension(People.CONTRACT).rows(),
                        checked.dimension(ModelPrices.CONTRACT).rows())
                .personDays(
                        events(UsageEvents.CONTRACT, usage),
                        spark.createDataFrame(List.of(), UsageDaily.CONTRACT.schema()),
                        events(ProductivityEvents.CONTRACT, outcomes),
                        events(AgentActions.CONTRACT, actions));
        Column replaced = PersonDays.PERSON_ID
                .col()
                .isin(players.toArray())
                .and(PersonDays.EVENT_DATE.col().between(lit(windowStart), lit(runDate)));
        return warehouse
                .read(PersonDays.CONTRACT)
                .where(org.apache.spark.sql.functions.not(replaced))
                .unionByName(made);
    }

    private Dataset<Row> events(TableContract table, List<Row> plainRows) {
        return spark.createDataFrame(plainRows, PlainRows.plain(table.schema()))
                .select(PlainRows.withTimes(table.schema()));
    }

    /**
     * Chooses who plays, by hash, among people with a verdict and nothing unusual about them, and reads their events: as many people as
     * behaviours times {@code peopleEach}.
     */
    private List<Cast> casts(
            CheckedInput checked, Set<LocalDate> days, List<Behaviour> played, int peopleEach, LocalDate runDate) {
        String[] person = {PersonDays.PERSON_ID.name()};
        Dataset<Row> requestGrain = warehouse
                .read(PersonDays.CONTRACT, days)
                .where(PersonDays.GAPS.col().isNotNull())
                .groupBy(PersonDays.PERSON_ID.col())
                .agg(sum(PersonDays.REQUESTS.col()).as("own_requests"))
                .where(col("own_requests").geq(LEAST_REQUESTS));
        int needed = played.size() * peopleEach;
        List<String> chosen = warehouse
                .read(UsageScores.CONTRACT, runDate)
                .where(UsageScores.P_VALUE.col().gt(UNREMARKABLE_P_VALUE))
                .join(
                        warehouse
                                .read(PersonWindows.CONTRACT, runDate)
                                .where(PersonWindows.OUTCOMES.col().gt(0)),
                        person,
                        "left_semi")
                .join(requestGrain, person, "left_semi")
                .join(checked.dimension(DeclaredWorkloads.CONTRACT).rows(), person, "left_anti")
                .select(UsageScores.PERSON_ID.col())
                .orderBy(xxhash64(UsageScores.PERSON_ID.col(), lit(SEED)), UsageScores.PERSON_ID.col())
                .limit(needed)
                .as(Encoders.STRING())
                .collectAsList();
        if (chosen.size() < played.size()) {
            throw Messages.nobodyToRehearseWith(runDate);
        }
        Set<String> all = Set.copyOf(chosen);
        Map<String, List<Row>> usage = byPerson(checked, UsageEvents.CONTRACT, days, all);
        Map<String, List<Row>> outcomes = byPerson(checked, ProductivityEvents.CONTRACT, days, all);
        Map<String, List<Row>> actions = byPerson(checked, AgentActions.CONTRACT, days, all);
        Map<String, String> clocks = new HashMap<>();
        checked.dimension(People.CONTRACT)
                .rows()
                .where(People.PERSON_ID
                        .col()
                        .isin(all.toArray())
                        .and(People.TIMEZONE.col().isNotNull()))
                .select(People.PERSON_ID.col(), People.TIMEZONE.col())
                .collectAsList()
                .forEach(row -> clocks.put(row.getString(0), row.getString(1)));
        Map<Behaviour, List<Injection.Subject>> casts = new LinkedHashMap<>();
        for (int next = 0; next < chosen.size(); next++) {
            String id = chosen.get(next);
            casts.computeIfAbsent(played.get(next % played.size()), absent -> new ArrayList<>())
                    .add(new Injection.Subject(
                            id,
                            ZoneId.of(clocks.getOrDefault(id, "UTC")),
                            new Injection.Events(
                                    usage.getOrDefault(id, List.of()),
                                    outcomes.getOrDefault(id, List.of()),
                                    actions.getOrDefault(id, List.of()))));
        }
        return casts.entrySet().stream()
                .map(cast -> new Cast(cast.getKey(), cast.getValue()))
                .toList();
    }

    private static Map<String, List<Row>> byPerson(
            CheckedInput checked, TableContract table, Set<LocalDate> days, Set<String> people) {
        int person = table.schema().fieldIndex(UsageEvents.PERSON_ID.name());
        // the players' own events: as many people as behaviours times people each
        return checked
                .usedBy(table, days, people)
                .select(PlainRows.withNumbers(table.schema()))
                .orderBy(UsageEvents.EVENT_TIME.col(), UsageEvents.EVENT_ID.col(), UsageEvents.SOURCE.col())
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(row -> row.getString(person)));
    }

    private Set<String> flaggedBy(LocalDate runDate) {
        return Set.copyOf(warehouse
                .read(SuspiciousUsage.CONTRACT, runDate)
                .where(SuspiciousUsage.RANK.col().isNotNull())
                .select(SuspiciousUsage.PERSON_ID.col())
                .as(Encoders.STRING())
                .collectAsList());
    }

    private RealCompany company(CheckedInput checked, LocalDate runDate, LocalDate windowStart) {
        Dataset<Row> days = warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(lit(windowStart), lit(runDate)));
        List<Row> models = days.selectExpr("inline(" + PersonDays.MODELS.name() + ")")
                .groupBy("model")
                .agg(
                        sum("requests").as("uses"),
                        sum("total_tokens").cast("double").as("tokens"),
                        sum("cost_usd").cast("double").as("usd"))
                .orderBy(col("uses").desc(), col("model"))
                .limit(SEEN_MODELS)
                .collectAsList();
        if (models.isEmpty()) {
            throw Messages.nobodyToRehearseWith(runDate);
        }
        List<Row> byPrice = models.stream()
                .filter(row -> !row.isNullAt(3) && row.getDouble(2) > 0)
                .sorted(java.util.Comparator.comparingDouble(row -> row.getDouble(3) / row.getDouble(2)))
                .toList();
        List<String> names = models.stream().map(row -> row.getString(0)).toList();
        Row totals = days.agg(
                        sum(PersonDays.TOTAL_TOKENS.col()).cast("double"),
                        sum(PersonDays.REQUESTS.col()).cast("double"),
                        sum(PersonDays.COMMITS.col()),
                        sum(PersonDays.ACTIONS.col()))
                .first();
        Dataset<Row> bars = checked.dimension(PolicyEvents.CONTRACT)
                .rows()
                .where(PolicyEvents.EFFECTIVE_FROM.col().leq(lit(runDate)));
        Dataset<Row> weekly = bars.where(PolicyEvents.METRIC
                .col()
                .equalTo("total_tokens")
                .and(PolicyEvents.PERIOD.col().equalTo("week"))
                .and(PolicyEvents.THRESHOLD.col().isNotNull()));
        List<Integer> boards = bars.where(PolicyEvents.KIND
                        .col()
                        .equalTo("leaderboard")
                        .and(PolicyEvents.SNAPSHOT_DAY.col().isNotNull()))
                .where(PolicyEvents.PERIOD.col().equalTo("week"))
                .select(PolicyEvents.SNAPSHOT_DAY.col())
                .as(Encoders.INT())
                .collectAsList();
        return new RealCompany(
                names,
                byPrice.isEmpty() ? names.get(0) : byPrice.get(0).getString(0),
                byPrice.isEmpty()
                        ? names.get(0)
                        : byPrice.get(byPrice.size() - 1).getString(0),
                totals.getDouble(0) / totals.getDouble(1),
                bar(weekly, "token_cap"),
                bar(weekly, "adoption_target"),
                boards.isEmpty() ? FRIDAY : boards.get(0),
                !totals.isNullAt(2),
                !totals.isNullAt(3));
    }

    private static OptionalLong bar(Dataset<Row> weekly, String kind) {
        return weekly
                .where(PolicyEvents.KIND.col().equalTo(kind))
                .orderBy(PolicyEvents.EFFECTIVE_FROM.col().desc(), PolicyEvents.POLICY_ID.col())
                .select(PolicyEvents.THRESHOLD.col())
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToLong(Math::round)
                .findFirst();
    }
}
