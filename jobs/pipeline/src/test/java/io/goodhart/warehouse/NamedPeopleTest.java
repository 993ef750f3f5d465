package io.goodhart.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.testing.TestSession;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class NamedPeopleTest {
    private static final String UNICODE = "\u4EBA-\u00DF\uD83D\uDE00";

    @Test
    void thoseWhoAreNamedAreFoundAndStandInNoPlan() {
        Dataset<String> people = TestSession.spark()
                .createDataset(Arrays.asList("secret-1", "p2", UNICODE, null, ""), Encoders.STRING());
        Dataset<String> found = people.where(NamedPeople.among(List.of("secret-1", UNICODE, "absent"), col("value")));

        assertThat(found.collectAsList()).containsExactlyInAnyOrder("secret-1", UNICODE);
        assertThat(found.queryExecution().toString()).doesNotContain("secret-1", UNICODE, "absent");
        assertThat(people.where(NamedPeople.among(List.of(), col("value"))).collectAsList())
                .isEmpty();
    }
}
