package io.goodhart.cli;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.Runs;
import io.goodhart.testing.OwnProcess;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night whose process is told to end before it has begun to publish. */
class StoppedNightIT {
    private static final String DATE = "2026-05-04";

    @TempDir
    private Path folder;

    @Test
    void leavesWith143AndTheNextCommandWritesDownThatItDiedAndTheDateIsFree() throws Exception {
        String input = TestInput.in(folder.resolve("input"))
                .add(usageEvent().by("p1"))
                .add(person("p1"))
                .root();
        String warehouseFolder = folder.resolve("warehouse").toString();
        try (OwnProcess.At night = OwnProcess.start(
                Goodhart.class,
                line -> line.startsWith("check input"),
                "nightly",
                "--date",
                DATE,
                "--input",
                input,
                "--warehouse",
                warehouseFolder)) {
            night.process().destroy();
            assertThat(night.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(night.process().exitValue()).isEqualTo(143);
        }

        TestSession.spark();
        try (SparkSessions.Opened session =
                SparkSessions.open(Settings.defaults(), warehouseFolder, Optional.empty())) {
            Warehouse warehouse = Warehouse.existing(session.spark(), IcebergCatalog.NAME, Optional.empty());
            assertThat(states(warehouse)).containsExactly("running");

            warehouse.recover(Duration.ofSeconds(60));

            assertThat(states(warehouse))
                    .containsExactly("failed its process ended before it had begun to publish; nothing was published");
            RunRecord next = RunRecord.begin(LocalDate.parse(DATE), Instant.now(), "test", Map.of());
            warehouse.lease(next, Duration.ofSeconds(60)).close();
        }
    }

    private static List<String> states(Warehouse warehouse) {
        return warehouse
                .read(Runs.CONTRACT)
                .select(concat_ws(" ", col("state"), col("exit_code"), col("message")))
                .as(Encoders.STRING())
                .collectAsList();
    }
}
