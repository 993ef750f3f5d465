package io.goodhart.jobs;

import io.goodhart.landing.Landing;
import io.goodhart.landing.Timezones;
import io.goodhart.session.Settings;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The landing of an input into a warehouse, by itself. */
public final class LandedDays {
    private LandedDays() {}

    /** Lands all days of {@code input}, and returns the rows of {@code person_days}. */
    public static Dataset<Row> of(TestInput input, Warehouse warehouse) {
        Input listed = Input.open(TestSession.spark(), input.root(), LocalDate.parse("2099-12-31"));
        return of(listed, warehouse, listed.days(), Settings.defaults().maxRejectedShare());
    }

    /** Lands some days of {@code input}, and returns the rows of {@code person_days}. */
    public static Dataset<Row> of(
            Input input, Warehouse warehouse, NavigableSet<LocalDate> days, double maxRejectedShare) {
        CheckedInput checked = input.check(days);
        LandingStep.of(TestSession.spark(), warehouse, checked, maxRejectedShare, "run-1")
                .rebuild(new TreeSet<>(days));
        return warehouse.read(PersonDays.CONTRACT);
    }

    /** Lands some days of {@code input}, those of more rows than {@code mostRowsOfATask} spread over several tasks. */
    public static Dataset<Row> spread(
            Input input,
            Warehouse warehouse,
            NavigableSet<LocalDate> days,
            double maxRejectedShare,
            long mostRowsOfATask) {
        CheckedInput checked = input.check(days);
        Dimensions dimensions = Dimensions.of(checked);
        new LandingStep(
                        TestSession.spark(),
                        warehouse,
                        checked,
                        new Landing(Timezones.of(dimensions.people()), dimensions.modelPrices()),
                        maxRejectedShare,
                        "run-1",
                        mostRowsOfATask)
                .rebuild(new TreeSet<>(days));
        return warehouse.read(PersonDays.CONTRACT);
    }
}
