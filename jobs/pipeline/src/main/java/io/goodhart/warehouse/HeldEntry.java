package io.goodhart.warehouse;

import io.goodhart.warehouse.LeaseBook.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One entry of the {@link LeaseBook} in this process's hands: renewed while the process lives, given back at the end, on SIGTERM too, and
 * free again once its owner is dead: at once if that was a process of this machine, else when it expires.
 */
final class HeldEntry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldEntry.class);

    /** Before Spark stops its context (50) and Hadoop closes its file systems (10). */
    private static final int HOOK_PRIORITY = 100;

    private final LeaseBook book;
    private final String subject;
    private final String runId;
    private final Duration length;
    private final ScheduledExecutorService renewal;
    private final Runnable onShutdown = this::giveBack;

    private HeldEntry(LeaseBook book, String subject, String runId, Duration length) {
        this.book = book;
        this.subject = subject;
        this.runId = runId;
        this.length = length;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lease-" + subject);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The entry, or who holds it instead. */
    record Taken(Optional<HeldEntry> ours, Optional<LeaseHolder> theirs) {}

    /** Takes the entry of {@code subject} for {@code runId}, unless another run holds it and may be alive. */
    static Taken take(LeaseBook book, String subject, String runId, Duration length) {
        Other other = new Other();
        book.change(subject, standing -> {
            Instant now = Instant.now();
            other.holder = standing.filter(holder -> !holder.runId().equals(runId) && holder.isAlive(now));
            return other.holder.isPresent()
                    ? Optional.empty()
                    : Optional.of(new Entry(Optional.of(LeaseHolder.here(runId, now.plus(length)))));
        });
        if (other.holder.isPresent()) {
            return new Taken(Optional.empty(), other.holder);
        }
        HeldEntry entry = new HeldEntry(book, subject, runId, length);
        entry.keep();
        return new Taken(Optional.of(entry), Optional.empty());
    }

    String runId() {
        return runId;
    }

    /** Returns who holds the entry now, if that is not us. */
    Optional<String> lostTo() {
        Optional<LeaseHolder> holder = book.holder(subject);
        return holder.map(this::isOurs).orElse(false)
                ? Optional.empty()
                : Optional.of(holder.map(LeaseHolder::owner).orElse("nobody"));
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
                    subject,
                    standing -> standing.filter(this::isOurs)
                            .map(holder -> new Entry(
                                    Optional.of(holder.until(Instant.now().plus(length))))));
        } catch (RuntimeException | FSError failed) { // the latter where a disk is full
            LOG.warn("the lease of {} was not renewed, will be tried again: {}", subject, failed.toString());
        }
    }

    private void giveBack() {
        renewal.shutdownNow();
        // A run past its deadline is interrupted, and an interrupted thread can read no file.
        boolean wasInterrupted = Thread.interrupted();
        try {
            book.change(subject, standing -> standing.filter(this::isOurs).map(holder -> new Entry(Optional.empty())));
        } catch (RuntimeException | FSError failed) { // the latter where a disk is full
            LOG.warn("the lease of {} was not given back, it will expire: {}", subject, failed.toString());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isOurs(LeaseHolder holder) {
        return holder.runId().equals(runId);
    }

    /** Who stood there at the last look. */
    private static final class Other {
        private Optional<LeaseHolder> holder = Optional.empty();
    }
}
