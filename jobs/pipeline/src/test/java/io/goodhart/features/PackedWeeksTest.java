package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWeeks;
import io.goodhart.testing.DatasetAssertions;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PackedWeeksTest {
    @Test
    void theSameDaysArePackedTheSameWhateverTheirOrderAndPartitions() {
        List<TestRow> days = new ArrayList<>();
        for (String person : List.of("p1", "p2", "p3")) {
            for (int day = 1; day <= 21; day++) {
                TestRow row = day(person, "2026-05-%02d".formatted(day));
                days.add(row);
                days.add(row.from("cursor").with(PersonDays.MODELS, null));
            }
        }
        Dataset<Row> rows = Rows.dataset(days);

        DatasetAssertions.assertSameRows(
                PackedWeeks.of(rows),
                PackedWeeks.of(rows.orderBy(PersonDays.REQUESTS.col().desc()).repartition(7)));
        assertThat(PackedWeeks.of(rows).count()).isEqualTo(3 * 4);
    }

    @Test
    void noDaysMakeNoWeeks() {
        assertThat(PackedWeeks.of(Rows.none(PersonDays.CONTRACT)).count()).isZero();
    }

    /** Weeks that are kept in a warehouse are read by later versions: whoever changes these bytes raises the format. */
    @Test
    void theFormatIsTheOneThatItsNumberSays() {
        Row week = PackedWeeks.of(Rows.dataset(day("p1", "2026-05-05"))).first();

        assertThat(PackedWeeks.FORMAT).isEqualTo(2);
        assertThat(PackedDay.READS.stream().map(ColumnSpec::name).toList().hashCode())
                .as("hash of the packed columns' names, in order")
                .isEqualTo(-345_271_681);
        assertThat(HexFormat.of().formatHex(week.<byte[]>getAs(PersonWeeks.PACKED.name())))
                .isEqualTo(
                        "59010b636c617564655f636f646502056861696b75c801050190a10f0cd0bcd0bed0b4d0b5d0bbd18c640000000000"
                                + "0000000041ac02000101d0a54c808480040000020096013b960102ffffffffffffffff0000000000000007");
    }

    private static TestRow day(String person, String date) {
        return Days.day(date)
                .by(person)
                .with(PersonDays.REQUESTS, 300L)
                .with(PersonDays.TOTAL_TOKENS, 0L)
                .with(PersonDays.COST_USD, new BigDecimal("1.250000"))
                .with(PersonDays.ACTIVE_HOURS, Days.hours(9, 23))
                .with(PersonDays.MINUTE_REQUESTS, Days.minutes(150, 0, 59))
                .with(
                        PersonDays.MODELS,
                        List.of(
                                RowFactory.create("haiku", 200L, 5L, 0L, new BigDecimal("0.250000")),
                                RowFactory.create("модель", 100L, 0L, 0L, null)))
                .with(PersonDays.PROMPT_SAMPLE_HASHES, List.of(-1L, 7L));
    }
}
