package io.goodhart.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.RunRecord.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are really killed between two switches, by the signals of a machine and of a scheduler. */
class KilledPublicationIT {
    private static final LocalDate DAY = LocalDate.parse("2026-05-31");
    private static final Duration LEASE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private SparkSessions.Opened session;

    @BeforeEach
    void openSession() {
        TestSession.spark();
        session = SparkSessions.open(Settings.defaults(), folder.toString(), Optional.empty());
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    @Test
    void afterKillTheNextCommandCompletesTheNight() throws Exception {
        try (HeldProcess.Started killed = HeldProcess.start(folder, DAY)) {
            killed.process().destroyForcibly();
            assertThat(killed.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            Warehouse warehouse = warehouse();
            assertThat(warehouse.read(UsageScores.CONTRACT, DAY).count()).isEqualTo(1);
            assertThat(warehouse.read(PersonWindows.CONTRACT, DAY).count()).isZero();
            assertThat(warehouse.leases().holder(DAY.toString())).isPresent();

            assertThat(warehouse.recover(LEASE)).containsExactly(killed.runId());

            assertThat(warehouse.read(PersonWindows.CONTRACT, DAY).count()).isEqualTo(1);
            assertThat(warehouse.runs().find(killed.runId()).orElseThrow().state())
                    .isEqualTo(State.PUBLISHED);
            assertThat(warehouse.leases().holder(DAY.toString())).isEmpty();
        }
    }

    @Test
    void sigtermGivesTheLeaseBackAndLeavesWith143() throws Exception {
        try (HeldProcess.Started stopped = HeldProcess.start(folder, DAY)) {
            stopped.process().destroy();

            assertThat(stopped.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.process().exitValue()).isEqualTo(143);
            Warehouse warehouse = warehouse();
            assertThat(warehouse.leases().holder(DAY.toString())).isEmpty();
            assertThat(warehouse.recover(LEASE)).containsExactly(stopped.runId());
        }
    }

    private Warehouse warehouse() {
        return Warehouse.existing(session.spark(), IcebergCatalog.NAME, Optional.empty());
    }
}
