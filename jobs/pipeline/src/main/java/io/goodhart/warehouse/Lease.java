package io.goodhart.warehouse;

import io.goodhart.failures.Messages;
import io.goodhart.warehouse.LeaseBook.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write one date. One run holds it at a time; runs of other dates are not hindered. It is renewed while the process lives,
 * given back at the end, on SIGTERM too, and free again once its owner is dead: at once if that was a process of this machine, else
 * when it expires.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    /** Before Spark stops its context (50) and Hadoop closes its file systems (10). */
    private static final int HOOK_PRIORITY = 100;

    private final LeaseBook book;
    private final LocalDate date;
    private final String runId;
    private final Duration length;
    private final ScheduledExecutorService renewal;
    private final Runnable onShutdown = this::giveBack;

    private Lease(LeaseBook book, LocalDate date, String runId, Duration length) {
        this.book = book;
        this.date = date;
        this.runId = runId;
        this.length = length;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lease-" + date);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the lease of {@code date} for {@code runId}.
     *
     * @throws io.goodhart.failures.Failure.DateHeld if another run holds it and may be alive
     */
    static Lease take(LeaseBook book, LocalDate date, String runId, Duration length) {
        book.change(date, standing -> {
            Instant now = Instant.now();
            standing.filter(holder -> !holder.runId().equals(runId) && holder.isAlive(now))
                    .ifPresent(holder -> {
                        throw Messages.dateHeld(
                                date, holder.owner(), holder.expires().toString());
                    });
            return Optional.of(new Entry(Optional.of(LeaseHolder.here(runId, now.plus(length)))));
        });
        Lease lease = new Lease(book, date, runId, length);
        lease.keep();
        return lease;
    }

    /** Returns the date that it is for. */
    public LocalDate date() {
        return date;
    }

    /** Returns the run that holds it. */
    public String runId() {
        return runId;
    }

    /**
     * Makes sure that the lease is still ours, before something that others will see.
     *
     * @throws io.goodhart.failures.Failure.DateHeld if it was lost, as when this machine slept past its expiry
     */
    void requireHeld() {
        Optional<LeaseHolder> holder = book.holder(date);
        if (!holder.map(this::isOurs).orElse(false)) {
            throw Messages.leaseLost(date, holder.map(LeaseHolder::owner).orElse("nobody"));
        }
    }

    @Override
    public void close() {
        ShutdownHookManager hooks = ShutdownHookManager.get();
        if (!hooks.isShutdownInProgress()) {
            hooks.removeShutdownHook(onShutdown);
        }
        giveBack();
    }

    private void keep() {
        ShutdownHookManager.get().addShutdownHook(onShutdown, HOOK_PRIORITY);
        long third = length.toMillis() / 3;
        var unused = renewal.scheduleAtFixedRate(this::renew, third, third, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            book.change(
                    date,
                    standing -> standing.filter(this::isOurs)
                            .map(holder -> new Entry(
                                    Optional.of(holder.until(Instant.now().plus(length))))));
        } catch (RuntimeException failed) {
            LOG.warn("the lease of {} was not renewed, will be tried again: {}", date, failed.toString());
        }
    }

    private void giveBack() {
        renewal.shutdownNow();
        try {
            book.change(date, standing -> standing.filter(this::isOurs).map(holder -> new Entry(Optional.empty())));
        } catch (RuntimeException failed) {
            LOG.warn("the lease of {} was not given back, it will expire: {}", date, failed.toString());
        }
    }

    private boolean isOurs(LeaseHolder holder) {
        return holder.runId().equals(runId);
    }
}
