package io.goodhart.evaluation.unlike;

import io.goodhart.tables.Absences;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsageEvents;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A labelled company in the input contract. People's levels lie apart by a log-sd of 1.1 and their days by 0.8, sessions have Pareto sizes, a
 * third use it little and 30 % take it up meanwhile; requests are as small as in a public trace of completions, output comes in clumps. One in
 * 22 games, since 5 to 84 days; one in 14 is honest and odd.
 *
 * @param gaming which kind of gaming there is; null: nobody games
 * @param volume scales what gaming adds
 */
public record UnlikeCompany(int people, int days, LocalDate until, long seed, double volume, Part.Kind gaming)
        implements Serializable {
    /** The weekday on which the board is read. */
    static final int SNAPSHOT_DAY = 3;

    static final long WEEKLY_CAP = 4_000_000;

    private static final double GAMING_SHARE = 0.045;
    private static final double ODD_SHARE = 0.07;
    private static final int RING = 3;

    /** The rows that a person leaves in a table. */
    private interface RowsOf extends Serializable {
        List<Row> of(Worker worker);
    }

    LocalDate first() {
        return until.minusDays(days - 1L);
    }

    String personId(int position) {
        return "u" + Long.toString(new Chance(seed, position).bits() >>> 24, 36);
    }

    /** Returns somebody else of the same team, or the person where there is nobody. */
    int colleague(int position, Chance chance) {
        int mate = position / 11 * 11 + chance.below(11);
        return mate < people && mate != position ? mate : Math.max(0, position - 1);
    }

    /** Returns what somebody does besides ordinary work; null: nothing. */
    Part part(int position) {
        Random shuffle = new Random(seed);
        List<Integer> order = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            order.add(person);
        }
        Collections.shuffle(order, shuffle);
        List<Part> gamingParts = gaming == null ? List.of() : new ArrayList<>(Part.of(gaming));
        if (gaming != null) {
            Collections.shuffle(gamingParts, shuffle);
        }
        List<Part> odd = new ArrayList<>(Part.of(Part.Kind.ODD));
        odd.addAll(Part.of(Part.Kind.DECLARED));
        int gamers = gaming == null ? 0 : (int) Math.round(people * GAMING_SHARE);
        int place = order.indexOf(position);
        if (place < gamers) {
            return gaming == Part.Kind.LISTED && place < RING
                    ? Part.COLLUSIVE_RING
                    : gamingParts.get(place % gamingParts.size());
        }
        return place < gamers + Math.round(people * ODD_SHARE) ? odd.get((place - gamers) % odd.size()) : null;
    }

    /** Writes the tables and {@code truth.parquet} under {@code target}. */
    public void write(SparkSession spark, Path target) {
        write(spark, target, UsageEvents.CONTRACT, UnlikeCompany::usage);
        write(spark, target, ProductivityEvents.CONTRACT, UnlikeCompany::outcomes);
        write(spark, target, AgentActions.CONTRACT, UnlikeCompany::actions);
        write(spark, target, People.CONTRACT, UnlikeCompany::person);
        write(spark, target, Absences.CONTRACT, UnlikeCompany::absences);
        write(spark, target, DeclaredWorkloads.CONTRACT, UnlikeCompany::declared);
        write(spark, target, Truth.CONTRACT, target.resolve("truth.parquet"), UnlikeCompany::truth);
        spark.createDataFrame(policies(), PolicyEvents.CONTRACT.schema())
                .coalesce(1)
                .write()
                .parquet(target.resolve("policy_events").toString());
        spark.createDataFrame(prices(), ModelPrices.CONTRACT.schema())
                .coalesce(1)
                .write()
                .parquet(target.resolve("model_prices").toString());
    }

    private void write(SparkSession spark, Path target, TableContract table, RowsOf rowsOf) {
        write(spark, target, table, target.resolve(table.name()), rowsOf);
    }

    private void write(SparkSession spark, Path target, TableContract table, Path folder, RowsOf rowsOf) {
        UnlikeCompany company = this;
        StructType schema = table.schema();
        FlatMapFunction<Long, Row> ofPerson =
                position -> rowsOf.of(new Worker(company, position.intValue())).iterator();
        var rows = spark.range(0, people, 1, 16).flatMap(ofPerson, Encoders.row(schema));
        DataFrameWriter<Row> writer = table.partition()
                .map(day -> rows.repartition(8, day.col()).write().partitionBy(day.name()))
                .orElseGet(() -> rows.coalesce(1).write());
        writer.parquet(folder.toString());
    }

    private boolean isIn(long micros) {
        LocalDate date = date(micros);
        return !date.isBefore(first()) && !date.isAfter(until);
    }

    static List<Row> usage(Worker worker) {
        List<Row> rows = new ArrayList<>();
        for (WorkDay day : worker.days()) {
            int number = 0;
            for (Request request : day.requests) {
                String id = "r" + worker.position + "-" + day.date.toEpochDay() + "-" + number++;
                if (worker.company.isIn(request.micros)) {
                    rows.add(RowFactory.create(
                            id,
                            time(request.micros),
                            worker.id(),
                            request.tool.source,
                            request.tool.surface,
                            request.model,
                            request.session,
                            request.initiator,
                            1,
                            request.input,
                            request.cacheRead,
                            request.cacheWrite,
                            request.output,
                            null,
                            request.tool.fingerprints ? request.fingerprint : null,
                            request.promptCharacters,
                            request.tool.lines ? request.suggested : null,
                            request.tool.lines ? request.accepted : null,
                            request.status,
                            "k" + worker.position + "-" + request.credential,
                            request.tool == Tool.CHAT ? null : worker.team(),
                            null,
                            Date.valueOf(date(request.micros))));
                }
            }
        }
        return rows;
    }

    private static List<Row> outcomes(Worker worker) {
        List<Row> rows = new ArrayList<>();
        for (WorkDay day : worker.days()) {
            int number = 0;
            for (WorkDay.Outcome outcome : day.outcomes) {
                String id = "o" + worker.position + "-" + day.date.toEpochDay() + "-" + number++;
                if (worker.company.isIn(outcome.micros())) {
                    rows.add(RowFactory.create(
                            id,
                            time(outcome.micros()),
                            worker.id(),
                            "git",
                            outcome.kind(),
                            outcome.added(),
                            outcome.deleted(),
                            outcome.reverted(),
                            outcome.subject(),
                            outcome.counterpart() == null ? null : worker.company.personId(outcome.counterpart()),
                            outcome.selfMerged(),
                            worker.team(),
                            null,
                            null,
                            Date.valueOf(date(outcome.micros()))));
                }
            }
        }
        return rows;
    }

    private static List<Row> actions(Worker worker) {
        List<Row> rows = new ArrayList<>();
        for (WorkDay day : worker.days()) {
            int number = 0;
            for (WorkDay.Action action : day.actions) {
                String id = "a" + worker.position + "-" + day.date.toEpochDay() + "-" + number++;
                if (worker.company.isIn(action.micros())) {
                    rows.add(RowFactory.create(
                            id,
                            time(action.micros()),
                            worker.id(),
                            "claude_code",
                            null,
                            action.action(),
                            action.approval(),
                            action.environment(),
                            action.succeeded(),
                            action.rolledBack(),
                            Date.valueOf(date(action.micros()))));
                }
            }
        }
        return rows;
    }

    private static List<Row> person(Worker worker) {
        return List.of(RowFactory.create(
                worker.id(),
                worker.role,
                worker.team(),
                "org" + worker.position / 110,
                3,
                null,
                "Etc/GMT" + (worker.zoneHours > 0 ? "-" : "+") + Math.abs(worker.zoneHours),
                worker.part == Part.PART_TIME ? 0.5 : 1.0,
                "human",
                Date.valueOf(
                        worker.part == Part.NEW_HIRE
                                ? worker.from
                                : worker.company.first().minusDays(400)),
                null));
    }

    private static List<Row> absences(Worker worker) {
        List<Row> rows = new ArrayList<>();
        if (worker.part == Part.LEAVE) {
            rows.add(RowFactory.create(
                    worker.id(), Date.valueOf(worker.from), Date.valueOf(worker.from.plusDays(20)), "leave"));
        } else if (worker.part == Part.ON_CALL) {
            for (LocalDate date = worker.from; !date.isAfter(worker.company.until); date = date.plusDays(1)) {
                if (date.toEpochDay() / 7 % 3 == 0) {
                    rows.add(RowFactory.create(worker.id(), Date.valueOf(date), Date.valueOf(date), "on_call"));
                }
            }
        }
        return rows;
    }

    private static List<Row> declared(Worker worker) {
        return worker.part != null && worker.part.kind == Part.Kind.DECLARED
                ? List.of(RowFactory.create(worker.id(), "evaluation", Date.valueOf(worker.from), null, "announced"))
                : List.of();
    }

    private static List<Row> truth(Worker worker) {
        long tokens = 0;
        long microdollars = 0;
        boolean games = worker.part != null && worker.part.isGaming();
        for (WorkDay day : games ? worker.days() : List.<WorkDay>of()) {
            for (Request request : day.requests) {
                LocalDate date = date(request.micros);
                if (request.gamed > 0
                        && date.isAfter(worker.company.until.minusDays(28))
                        && !date.isAfter(worker.company.until)) {
                    tokens += request.gamed;
                    microdollars += Math.round(request.microdollars() * (double) request.gamed / request.tokens());
                }
            }
        }
        return List.of(RowFactory.create(
                worker.id(),
                worker.part == null ? "" : worker.part.truth(),
                games ? Date.valueOf(worker.from) : null,
                tokens,
                BigDecimal.valueOf(microdollars, 6)));
    }

    private List<Row> policies() {
        Date start = Date.valueOf(first());
        return List.of(
                RowFactory.create(
                        "board", "leaderboard", start, null, "company", "total_tokens", null, "week", SNAPSHOT_DAY),
                RowFactory.create(
                        "cap", "token_cap", start, null, "person", "total_tokens", (double) WEEKLY_CAP, "week", 7),
                RowFactory.create(
                        "target", "adoption_target", start, null, "company", "weekly_active_share", 0.8, "week", 5));
    }

    private List<Row> prices() {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> model : Prices.TIERS.entrySet()) {
            double input = Prices.input(model.getKey());
            rows.add(RowFactory.create(
                    model.getKey(),
                    Date.valueOf(first().minusDays(60)),
                    model.getValue(),
                    usd(input),
                    usd(input * Prices.CACHE_READ),
                    usd(input * Prices.CACHE_WRITE),
                    usd(input * Prices.OUTPUT)));
        }
        return rows;
    }

    private static BigDecimal usd(double dollars) {
        return BigDecimal.valueOf(Math.round(dollars * 1_000_000), 6);
    }

    private static LocalDate date(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, 86_400_000_000L));
    }

    private static Timestamp time(long micros) {
        return Timestamp.from(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000));
    }
}
