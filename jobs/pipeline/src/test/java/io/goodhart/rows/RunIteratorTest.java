package io.goodhart.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RunIteratorTest {
    @Test
    void rowsThatAgreeInTheKeyAreOneRun() {
        assertThat(runs(1, "a 1", "a 2", "b 2")).containsExactly("[a 1][a 2]", "[b 2]");
        assertThat(runs(2, "a 1", "a 2", "b 2")).containsExactly("[a 1]", "[a 2]", "[b 2]");
    }

    @Test
    void noRowsAreNoRuns() {
        assertThat(runs(1)).isEmpty();
    }

    @Test
    void aRunMayBeMadeIntoNothingOrIntoMuch() {
        RunIterator<Integer> sizes = new RunIterator<>(
                rows("a 1", "b 1", "b 2", "c 1").iterator(), 1, run -> run.size() == 1 ? List.of() : List.of(1, 2));

        assertThat(listed(sizes)).containsExactly(1, 2);
        assertThatThrownBy(sizes::next).isInstanceOf(NoSuchElementException.class);
    }

    private static List<String> runs(int keys, String... rows) {
        return listed(new RunIterator<>(
                rows(rows).iterator(),
                keys,
                run -> List.of(
                        run.stream().map(row -> "[" + row.mkString(" ") + "]").reduce("", String::concat))));
    }

    private static <T> List<T> listed(RunIterator<T> made) {
        List<T> listed = new ArrayList<>();
        made.forEachRemaining(listed::add);
        return listed;
    }

    private static List<Row> rows(String... rows) {
        return Stream.of(rows)
                .map(row -> RowFactory.create((Object[]) row.split(" ", -1)))
                .toList();
    }
}
