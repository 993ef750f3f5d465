package io.goodhart.simulation;

import io.goodhart.failures.Messages;
import io.goodhart.tables.Absences;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A labelled company in the input contract: honest, messy people, some of whom game from a day in the later half on. Every row follows
 * from the settings alone, whatever the parallelism; rows are made up where they are needed and never gathered.
 *
 * <p>{@code truth.parquet} beside the tables says who did what: {@code truth} is the behaviour, {@code ~kind} for an honest look-alike
 * and empty for everybody else; {@code gaming_from} the first gamed day; {@code wasted_tokens} and {@code wasted_usd} what
 * {@link DimensionRows#truth} counts.
 */
public final class Simulation {
    /** The shape of {@code truth.parquet}. */
    public static final StructType TRUTH = new StructType()
            .add("person_id", DataTypes.StringType, false)
            .add("truth", DataTypes.StringType, false)
            .add("gaming_from", DataTypes.DateType, true)
            .add("wasted_tokens", DataTypes.LongType, false)
            .add("wasted_usd", ColumnSpec.MONEY, false);

    /** Accounts that nobody has mapped to a person, for one person. */
    private static final double UNMAPPED_SHARE = 0.03;

    /** Days beyond the last whose people's clocks, or whose merges' openings, still reach into it. */
    private static final int OVERHANG_DAYS = 2;

    private final SimulationSettings settings;
    private final Casting casting;

    private Simulation(SimulationSettings settings) {
        this.settings = settings;
        this.casting = new Casting(settings);
    }

    public static Simulation of(SimulationSettings settings) {
        return new Simulation(settings);
    }

    /**
     * Writes the tables and {@code truth.parquet} under {@code target}, which must be empty or not be there.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings where {@code target} holds anything
     * @throws io.goodhart.failures.Failure.StorageFailed where it cannot be written
     */
    public SimulationReport write(SparkSession spark, String target) {
        return write(spark, target, 4 * spark.sparkContext().defaultParallelism());
    }

    /** Writes the company in {@code tasks} tasks a table, which change no row. */
    SimulationReport write(SparkSession spark, String target, int tasks) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        session.conf().set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
        CompanyFolder folder = CompanyFolder.at(session, target);
        EventRows events = new EventRows(settings, casting);
        DimensionRows dimensions = new DimensionRows(settings);
        try {
            folder.writeByDay(UsageEvents.CONTRACT, ofDays(session, UsageEvents.CONTRACT, events::usage, tasks), tasks);
            folder.writeByDay(
                    ProductivityEvents.CONTRACT,
                    ofDays(session, ProductivityEvents.CONTRACT, events::outcomes, tasks),
                    tasks);
            folder.writeByDay(
                    AgentActions.CONTRACT, ofDays(session, AgentActions.CONTRACT, events::actions, tasks), tasks);
            folder.write(
                    People.CONTRACT,
                    ofPeople(session, People.CONTRACT.schema(), person -> List.of(dimensions.person(person))));
            folder.write(Absences.CONTRACT, ofPeople(session, Absences.CONTRACT.schema(), dimensions::absences));
            folder.write(
                    DeclaredWorkloads.CONTRACT,
                    ofPeople(session, DeclaredWorkloads.CONTRACT.schema(), dimensions::declaredWorkloads));
            folder.write(PolicyEvents.CONTRACT, of(session, PolicyEvents.CONTRACT, dimensions.policyEvents()));
            folder.write(ModelPrices.CONTRACT, of(session, ModelPrices.CONTRACT, dimensions.modelPrices()));
            folder.writeFile(
                    "truth.parquet", TRUTH, ofPeople(session, TRUTH, person -> List.of(dimensions.truth(person))));
        } catch (IOException failed) {
            throw Messages.storage("cannot write a company to " + target, failed);
        }
        return new SimulationReport(settings, casting.gamers(), folder.rows(session));
    }

    /** The rows that something made up leaves. */
    private interface RowsOf<T> extends Serializable {
        List<Row> rows(T made);
    }

    private Dataset<Row> ofDays(SparkSession session, TableContract table, RowsOf<PersonDay> rowsOf, int tasks) {
        SimulationSettings theSettings = settings;
        Casting theCasting = casting;
        long accounts = settings.people() + Math.round(settings.people() * UNMAPPED_SHARE);
        long days = settings.days() + 1L + OVERHANG_DAYS;
        FlatMapFunction<Long, Row> ofPersonDay = number -> {
            Person person = Person.of(theSettings, theCasting, (int) (number / days));
            return rowsOf.rows(PersonDay.of(
                            theSettings, person, theSettings.from().minusDays(1).plusDays(number % days)))
                    .iterator();
        };
        return session.range(0, accounts * days, 1, tasks)
                .flatMap(ofPersonDay, Encoders.row(PlainRows.plain(table.schema())));
    }

    private Dataset<Row> ofPeople(SparkSession session, StructType schema, RowsOf<Person> rowsOf) {
        SimulationSettings theSettings = settings;
        Casting theCasting = casting;
        FlatMapFunction<Long, Row> ofPerson =
                position -> rowsOf.rows(Person.of(theSettings, theCasting, position.intValue()))
                        .iterator();
        return session.range(settings.people()).flatMap(ofPerson, Encoders.row(PlainRows.plain(schema)));
    }

    private static Dataset<Row> of(SparkSession session, TableContract table, List<Row> rows) {
        return session.createDataFrame(rows, PlainRows.plain(table.schema()));
    }
}
