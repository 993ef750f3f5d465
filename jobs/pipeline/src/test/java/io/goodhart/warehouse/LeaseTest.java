package io.goodhart.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.DateHeld;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.LeaseBook.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static LeaseBook book;
    private static int tests;

    private final LocalDate day = LocalDate.parse("2026-05-31").plusDays(tests++);

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.in(folder);
        book = warehouse.leases();
    }

    @Test
    void aSecondRunOfTheDateIsRefusedUntilTheFirstHasEnded() {
        RunRecord first = run();
        try (Lease held = warehouse.lease(first, MINUTE)) {
            held.requireHeld();
            assertThatThrownBy(() -> warehouse.lease(run(), MINUTE))
                    .isInstanceOf(DateHeld.class)
                    .hasMessageContaining("another run holds " + day + ": run " + first.runId());
        }
        warehouse.lease(run(), MINUTE).close();
        assertThat(book.holder(day.toString())).isEmpty();
    }

    @Test
    void whoIsInterruptedGivesTheLeaseBackAllTheSame() {
        Lease lease = warehouse.lease(run(), MINUTE);
        Thread.currentThread().interrupt();
        lease.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(book.holder(day.toString())).isEmpty();
    }

    @Test
    void ofManyThatTakeADateAtOnceOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Optional<Lease>>> rivals = IntStream.range(0, 6)
                    .<Callable<Optional<Lease>>>mapToObj(rival -> this::tryToTake)
                    .toList();
            int winners = 0;
            for (Future<Optional<Lease>> rival : threads.invokeAll(rivals)) {
                Optional<Lease> lease = rival.get();
                winners += lease.isPresent() ? 1 : 0;
                lease.ifPresent(Lease::close);
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLeaseIsRenewedWhileItsProcessLives() throws InterruptedException {
        try (Lease lease = warehouse.lease(run(), Duration.ofSeconds(3))) {
            Instant expiry = book.holder(day.toString()).orElseThrow().expires();
            Instant patience = Instant.now().plusSeconds(30);
            while (!book.holder(day.toString()).orElseThrow().expires().isAfter(expiry)
                    && Instant.now().isBefore(patience)) {
                Thread.sleep(100);
            }
            assertThat(book.holder(day.toString()).orElseThrow().expires()).isAfter(expiry);
            lease.requireHeld();
        }
    }

    @Test
    void aProcessOfThisMachineThatIsGoneHoldsNothing() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        LeaseHolder here = LeaseHolder.here("gone", Instant.now().plus(MINUTE));
        gone.waitFor();
        stand(new LeaseHolder(here.runId(), here.host(), gone.pid(), Instant.now(), here.expires()));

        warehouse.lease(run(), MINUTE).close();
    }

    @Test
    void aProcessIdThatWasGivenToAnotherProcessHoldsNothing() {
        LeaseHolder here = LeaseHolder.here("reused", Instant.now().plus(MINUTE));
        stand(new LeaseHolder(
                here.runId(), here.host(), here.pid(), here.processStarted().minusSeconds(3600), here.expires()));

        warehouse.lease(run(), MINUTE).close();
    }

    @Test
    void anotherMachinesRunHoldsTheDateUntilItExpires() {
        LeaseHolder elsewhere = new LeaseHolder(
                "other", "elsewhere/1", 1, Instant.now(), Instant.now().plus(MINUTE));
        stand(elsewhere);
        assertThatThrownBy(() -> warehouse.lease(run(), MINUTE)).hasMessageContaining("process 1 on elsewhere/1");

        stand(elsewhere.until(Instant.now().minusSeconds(1)));
        warehouse.lease(run(), MINUTE).close();
    }

    @Test
    void whoLostTheLeaseNoticesAndDoesNotTakeItBack() {
        try (Lease lease = warehouse.lease(run(), MINUTE)) {
            LeaseHolder other = new LeaseHolder(
                    "other", "elsewhere/1", 1, Instant.now(), Instant.now().plus(MINUTE));
            stand(other);
            assertThatThrownBy(lease::requireHeld)
                    .isInstanceOf(DateHeld.class)
                    .hasMessageContaining("has lost its hold of " + day + " to run other");
        }
        assertThat(book.holder(day.toString()).orElseThrow().runId()).isEqualTo("other");
    }

    private Optional<Lease> tryToTake() {
        try {
            return Optional.of(warehouse.lease(run(), MINUTE));
        } catch (DateHeld refused) {
            return Optional.empty();
        }
    }

    private void stand(LeaseHolder holder) {
        book.change(day.toString(), standing -> Optional.of(new Entry(Optional.of(holder))));
    }

    private RunRecord run() {
        return RunRecord.begin(day, Instant.now(), "test", Map.of());
    }
}
