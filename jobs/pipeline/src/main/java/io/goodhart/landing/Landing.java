package io.goodhart.landing;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Events;
import io.goodhart.rows.Texts;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Builds {@code person_days} from used events: rows of known people that broke no rule, duplicates left out. What it holds travels to the
 * tasks, each of which folds whole days (or all of a person's rows of a day).
 */
public final class Landing implements Serializable {
    private static final long serialVersionUID = 1;

    private final Timezones timezones;
    private final Prices prices;

    /**
     * @param timezones whose clock hours are counted on
     * @param prices rows of {@code model_prices}: what a request costs that was not billed by the request
     */
    public Landing(Timezones timezones, Dataset<Row> prices) {
        this.timezones = timezones;
        this.prices = Prices.of(prices.collectAsList());
    }

    /** Returns the event tables that days are folded from, in the order of {@link #fold}. */
    public static List<TableContract> tables() {
        return List.of(UsageEvents.CONTRACT, UsageDaily.CONTRACT, ProductivityEvents.CONTRACT, AgentActions.CONTRACT);
    }

    /** Returns the columns that are wanted of an event table. */
    public static List<EventColumn> reads(TableContract table) {
        return folds(Prices.none()).get(tables().indexOf(table)).reads();
    }

    /**
     * Folds the events of a task.
     *
     * @param events of {@link #tables}, in that order, with the columns that {@link #reads} tells
     * @param texts what the codes in them stand for
     * @param rows is handed the rows of {@code person_days} in the order of their key, each gone when the next comes
     */
    public void fold(List<Events> events, Texts texts, Consumer<InternalRow> rows) {
        new DayFolder(folds(prices), timezones, texts).fold(events, rows);
    }

    /**
     * Returns the rows of {@code person_days} for these used events, each of the input table's shape, wherever they are: they are brought
     * together by person and day first.
     */
    public Dataset<Row> personDays(
            Dataset<Row> usageEvents, Dataset<Row> usageDaily, Dataset<Row> productivity, Dataset<Row> actions) {
        return new UsedEvents(this).personDays(List.of(usageEvents, usageDaily, productivity, actions));
    }

    /** Returns a hash of the list prices in force on a day; empty where there are none. A day that was landed with another costs another sum. */
    public String pricesOn(LocalDate day) {
        return prices.fingerprintOn((int) day.toEpochDay());
    }

    private static List<DayFold> folds(Prices prices) {
        return List.of(new UsageFold(prices), new DailyFold(prices), new OutputFold(), new ActionFold());
    }
}
