package io.goodhart.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Models;
import io.goodhart.tables.Runs;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FewRowsTest {
    private static final LocalDate LEAP_DAY = LocalDate.parse("2028-02-29");

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.in(folder);
    }

    static Stream<TableContract> tables() {
        return Tables.ofWarehouse().stream();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyTableReadsLikeSparkReadsIt(TableContract contract) {
        List<Row> written = Rows.dataset(Rows.of(contract)).collectAsList();

        warehouse.fewRows().replace(contract, written, Expressions.alwaysTrue());

        List<Row> bySpark = warehouse.read(contract).collectAsList();
        assertThat(bySpark).hasSize(1);
        assertThat(warehouse.fewRows().where(contract, Expressions.alwaysTrue()))
                .isEqualTo(bySpark);
        assertThat(bySpark.get(0).schema().fieldNames())
                .isEqualTo(warehouse
                        .fewRows()
                        .where(contract, Expressions.alwaysTrue())
                        .get(0)
                        .schema()
                        .fieldNames());
    }

    @Test
    void whatIsNestedComesBackAsItWas() {
        Row[] signature = {RowFactory.create("tokens_a_day", "high", 0.75), RowFactory.create("naïve ☃", "low", -0.25)};
        Row pattern = row(Rows.of(UsagePatterns.CONTRACT)
                .with(UsagePatterns.RUN_DATE, LEAP_DAY)
                .with(UsagePatterns.SIGNATURE, signature)
                .with(UsagePatterns.WASTED_USD, new BigDecimal("12.5")));

        warehouse.fewRows().replaceDays(UsagePatterns.CONTRACT, List.of(pattern), Set.of(LEAP_DAY));

        Row read = warehouse
                .fewRows()
                .between(UsagePatterns.CONTRACT, LEAP_DAY, LEAP_DAY)
                .get(0);
        List<Row> entries = read.getList(read.fieldIndex(UsagePatterns.SIGNATURE.name()));
        assertThat(entries)
                .extracting(entry -> entry.<String>getAs("feature"))
                .containsExactly("tokens_a_day", "naïve ☃");
        assertThat(entries).extracting(entry -> entry.<Double>getAs("weight")).containsExactly(0.75, -0.25);
        assertThat(read.<BigDecimal>getAs(UsagePatterns.WASTED_USD.name())).isEqualByComparingTo("12.5");
        assertThat(read.<java.sql.Date>getAs(UsagePatterns.RUN_DATE.name()).toLocalDate())
                .isEqualTo(LEAP_DAY);
    }

    @Test
    void aNullStaysNull() {
        LocalDate day = LEAP_DAY.plusDays(1);
        Row health = row(Rows.of(SourceHealth.CONTRACT)
                .with(SourceHealth.EVENT_DATE, day)
                .with(SourceHealth.EXPECTED, null));

        warehouse.fewRows().replaceDays(SourceHealth.CONTRACT, List.of(health), Set.of(day));

        assertThat(warehouse.fewRows().between(SourceHealth.CONTRACT, day, day))
                .singleElement()
                .satisfies(read -> assertThat(read.<Double>getAs(SourceHealth.EXPECTED.name()))
                        .isNull());
    }

    @Test
    void daysAreReadFromTheFirstToTheLastAndFromADayOn() {
        LocalDate first = LocalDate.parse("2027-12-31");
        for (int i = 0; i < 3; i++) {
            LocalDate day = first.plusDays(i);
            Row health = row(Rows.of(SourceHealth.CONTRACT)
                    .with(SourceHealth.EVENT_DATE, day)
                    .with(SourceHealth.SOURCE, "source " + i));
            warehouse.fewRows().replaceDays(SourceHealth.CONTRACT, List.of(health), Set.of(day));
        }

        assertThat(warehouse.fewRows().between(SourceHealth.CONTRACT, first, first.plusDays(1)))
                .extracting(row -> row.<String>getAs(SourceHealth.SOURCE.name()))
                .containsExactlyInAnyOrder("source 0", "source 1");
        assertThat(warehouse.fewRows().from(SourceHealth.CONTRACT, first.plusDays(1)))
                .extracting(row -> row.<String>getAs(SourceHealth.SOURCE.name()))
                .contains("source 1", "source 2")
                .doesNotContain("source 0");
        assertThat(warehouse.days(SourceHealth.CONTRACT).first(first.plusDays(1), LEAP_DAY))
                .contains(first.plusDays(1));
        assertThat(warehouse.days(SourceHealth.CONTRACT).first(LocalDate.EPOCH, LocalDate.EPOCH))
                .isEmpty();
    }

    @Test
    void ofATableWithoutDaysOnlyTheRowsOfTheConditionAreReplaced() {
        Row one = row(Rows.of(Models.CONTRACT).with(Models.MODEL_ID, "one").with(Models.LOCATION, "here"));
        Row other = row(Rows.of(Models.CONTRACT).with(Models.MODEL_ID, "other"));
        warehouse.fewRows().replace(Models.CONTRACT, List.of(one), is(Models.MODEL_ID, "one"));
        warehouse.fewRows().replace(Models.CONTRACT, List.of(other), is(Models.MODEL_ID, "other"));

        Row moved = row(Rows.of(Models.CONTRACT).with(Models.MODEL_ID, "one").with(Models.LOCATION, "there"));
        warehouse.fewRows().replace(Models.CONTRACT, List.of(moved), is(Models.MODEL_ID, "one"));

        assertThat(warehouse.model("one").orElseThrow().<String>getAs(Models.LOCATION.name()))
                .isEqualTo("there");
        assertThat(warehouse.model("other")).isPresent();
    }

    @Test
    void aRowThatLacksWhatTheContractAsksForIsNotWritten() {
        LocalDate day = LEAP_DAY.plusDays(7);
        TestRow whole = Rows.of(SuspiciousUsage.CONTRACT).with(SuspiciousUsage.RUN_DATE, day);

        for (ColumnSpec column : List.of(
                SuspiciousUsage.PERSON_ID,
                SuspiciousUsage.PATTERN_SHARE,
                SuspiciousUsage.REASONS,
                SuspiciousUsage.WASTED_TOKENS,
                SuspiciousUsage.SINCE)) {
            assertThatThrownBy(() -> warehouse
                            .fewRows()
                            .replaceDays(
                                    SuspiciousUsage.CONTRACT,
                                    List.of(whole.with(column, null).row()),
                                    Set.of(day)))
                    .as(column.name())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(warehouse.fewRows().between(SuspiciousUsage.CONTRACT, day, day))
                .isEmpty();

        warehouse.fewRows().replaceDays(SuspiciousUsage.CONTRACT, List.of(whole.row()), Set.of(day));
        assertThat(warehouse.fewRows().between(SuspiciousUsage.CONTRACT, day, day))
                .hasSize(1);
    }

    @Test
    void noRowsOfATableAreNoRows() {
        assertThat(warehouse.fewRows().where(Runs.CONTRACT, is(Runs.RUN_ID, "nobody")))
                .isEmpty();
    }

    private static org.apache.iceberg.expressions.Expression is(ColumnSpec column, String value) {
        return Expressions.equal(column.name(), value);
    }

    private static Row row(TestRow row) {
        return Rows.dataset(row).collectAsList().get(0);
    }
}
