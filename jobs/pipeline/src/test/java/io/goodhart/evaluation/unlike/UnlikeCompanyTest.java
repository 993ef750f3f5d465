package io.goodhart.evaluation.unlike;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.People;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.input.Input;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlikeCompanyTest {
    private static final LocalDate UNTIL = LocalDate.parse("2026-05-31");

    @TempDir
    private Path folder;

    @Test
    void keepsTheContractAndSaysWhoGames() {
        Path made = folder.resolve("company");
        company(Part.Kind.UNLISTED).write(TestSession.spark(), made);

        long people = Input.open(TestSession.spark(), made.toString(), UNTIL)
                .check(Set.of())
                .dimension(People.CONTRACT)
                .rows()
                .count();
        assertThat(people).isEqualTo(40);
        List<String> truth = TestSession.spark()
                .read()
                .parquet(made.resolve("truth.parquet").toString())
                .where(col("gaming_from").isNotNull())
                .select("truth")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
        assertThat(truth)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        name -> assertThat(Part.of(Part.Kind.UNLISTED).stream().map(Part::truth))
                                .contains(name));
    }

    @Test
    void aPersonsRowsFollowFromTheSettingsAlone() {
        for (int position = 0; position < 40; position++) {
            List<Row> rows = UnlikeCompany.usage(new Worker(company(Part.Kind.LISTED), position));
            assertThat(UnlikeCompany.usage(new Worker(company(Part.Kind.LISTED), position)))
                    .isEqualTo(rows);
        }
    }

    @Test
    void moreGamingLeavesHonestPeopleAsTheyAre() {
        UnlikeCompany loud = new UnlikeCompany(40, 14, UNTIL, 3, 1, Part.Kind.LISTED);
        UnlikeCompany quiet = new UnlikeCompany(40, 14, UNTIL, 3, 0.25, Part.Kind.LISTED);
        for (int position = 0; position < 40; position++) {
            Worker worker = new Worker(loud, position);
            if (worker.part == null) {
                assertThat(UnlikeCompany.usage(new Worker(quiet, position))).isEqualTo(UnlikeCompany.usage(worker));
            }
        }
    }

    private static UnlikeCompany company(Part.Kind gaming) {
        return new UnlikeCompany(40, 14, UNTIL, 3, 1, gaming);
    }
}
