package io.goodhart.testing;

import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsageEvents;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FixturesTest {
    static final List<TableContract> TABLES = Tables.ALL;

    @ParameterizedTest(name = "table {index}")
    @FieldSource("TABLES")
    void everyTableHasAValidRow(TableContract table) {
        Dataset<Row> rows = Rows.dataset(Rows.of(table));

        assertThat(rows.count()).isEqualTo(1);
        assertThat(rows.schema()).isEqualTo(table.schema());
        table.columns()
                .forEach(column -> column.rules()
                        .forEach(rule -> assertThat(
                                        rows.filter(rule.brokenBy(column.col())).count())
                                .as("%s.%s", column.name(), rule.name())
                                .isZero()));
    }

    @Test
    void theDayStandsInThePathAndNotInTheFile(@TempDir Path folder) {
        TestInput input = TestInput.in(folder)
                .add(usageEvent().at("2026-05-04T23:10:00Z"), usageEvent().on("2026-05-05"));

        Path day = input.folder(UsageEvents.CONTRACT, "2026-05-04");
        assertThat(TestInput.files(day)).hasSize(1);
        assertThat(TestSession.spark().read().parquet(day.toString()).columns())
                .containsExactlyElementsOf(UsageEvents.CONTRACT.fileColumns().stream()
                        .map(column -> column.name())
                        .toList());
    }

    @Test
    void comparisonsSeeADifferenceAndForgiveOrder() {
        TestRow first = usageEvent();
        TestRow second = usageEvent();

        DatasetAssertions.assertSameRows(Rows.dataset(first, second), Rows.dataset(second, first));
        DatasetAssertions.assertSame(Rows.dataset(first, second), Rows.dataset(first, second));
        assertThatThrownBy(() -> DatasetAssertions.assertSame(Rows.dataset(first), Rows.dataset(second)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> DatasetAssertions.assertSameRows(
                        Rows.dataset(first, first, second), Rows.dataset(first, second, second)))
                .isInstanceOf(AssertionError.class);
    }
}
