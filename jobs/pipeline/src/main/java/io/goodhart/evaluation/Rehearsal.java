package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.evaluation.Casts.Cast;
import io.goodhart.evaluation.RehearsalReport.FalseAlarms;
import io.goodhart.evaluation.RehearsalReport.Line;
import io.goodhart.failures.Messages;
import io.goodhart.jobs.Rejudgement;
import io.goodhart.landing.Landing;
import io.goodhart.landing.Timezones;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Injection;
import io.goodhart.simulation.PlainRows;
import io.goodhart.simulation.RealCompany;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
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
    private static final long SEED = 1;

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
        NavigableSet<LocalDate> days =
                windowStart.datesUntil(runDate.plusDays(1)).collect(Collectors.toCollection(TreeSet::new));
        CheckedInput checked = progress.step(
                "check input", () -> Input.open(spark, inputRoot, runDate).check(days), found -> days.size());
        RealCompany company = SeenCompany.of(warehouse, checked, windowStart, runDate);
        List<Behaviour> played = Behaviour.ALL.stream().filter(company::knows).toList();
        List<Cast> casts = progress.step(
                "people's own events",
                () -> new Casts(warehouse, checked, SEED).of(played, peopleEach, days, runDate),
                List::size);
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
                            () -> Set.copyOf(rejudgement.flagged(landing(checked, company, round, volume, days))),
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
                        .filter(behaviour -> casts.stream().noneMatch(cast -> cast.behaviour() == behaviour))
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

    /**
     * Returns the rows of the landing, those of the players' window days made anew from what they would have left; nobody games a tool
     * that tells of no requests.
     *
     * @param days the days of the window
     */
    Dataset<Row> landing(
            CheckedInput checked, RealCompany company, List<Cast> round, double volume, NavigableSet<LocalDate> days) {
        List<Row> usage = new ArrayList<>();
        List<Row> outcomes = new ArrayList<>();
        List<Row> actions = new ArrayList<>();
        Set<String> players = new HashSet<>();
        for (Cast cast : round) {
            Injection.Events gamed = new Injection(cast.behaviour(), volume, days.first(), days.last(), SEED, company)
                    .into(cast.people());
            usage.addAll(gamed.usage());
            outcomes.addAll(gamed.outcomes());
            actions.addAll(gamed.actions());
            cast.people().forEach(person -> players.add(person.personId()));
        }
        Dataset<Row> made = new Landing(
                        Timezones.of(checked.dimension(People.CONTRACT).rows()),
                        checked.dimension(ModelPrices.CONTRACT).rows())
                .personDays(
                        events(UsageEvents.CONTRACT, usage),
                        checked.usedBy(UsageDaily.CONTRACT, days, players),
                        events(ProductivityEvents.CONTRACT, outcomes),
                        events(AgentActions.CONTRACT, actions));
        Column replaced = NamedPeople.among(players, PersonDays.PERSON_ID.col())
                .and(PersonDays.EVENT_DATE.col().between(lit(days.first()), lit(days.last())));
        return warehouse
                .read(PersonDays.CONTRACT)
                .where(org.apache.spark.sql.functions.not(replaced))
                .unionByName(made);
    }

    private Dataset<Row> events(TableContract table, List<Row> plainRows) {
        return spark.createDataFrame(plainRows, PlainRows.plain(table.schema()))
                .select(PlainRows.withTimes(table.schema()));
    }

    private Set<String> flaggedBy(LocalDate runDate) {
        return Set.copyOf(warehouse
                .read(SuspiciousUsage.CONTRACT, runDate)
                .where(SuspiciousUsage.RANK.col().isNotNull())
                .select(SuspiciousUsage.PERSON_ID.col())
                .as(Encoders.STRING())
                .collectAsList());
    }
}
