package io.goodhart.warehouse;

import io.goodhart.failures.Messages;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** The right to write one date, see {@link HeldEntry}. One run holds it at a time; runs of other dates are not hindered. */
public final class Lease implements AutoCloseable {
    private final LocalDate date;
    private final HeldEntry entry;

    private Lease(LocalDate date, HeldEntry entry) {
        this.date = date;
        this.entry = entry;
    }

    /**
     * Takes the lease of {@code date} for {@code runId}.
     *
     * @throws io.goodhart.failures.Failure.DateHeld if another run holds it and may be alive
     */
    static Lease take(LeaseBook book, LocalDate date, String runId, Duration length) {
        HeldEntry.Taken taken = HeldEntry.take(book, date.toString(), runId, length);
        taken.theirs().ifPresent(holder -> {
            throw Messages.dateHeld(date, holder.owner(), holder.expires().toString());
        });
        return new Lease(date, taken.ours().orElseThrow());
    }

    /** Returns the date that it is for. */
    public LocalDate date() {
        return date;
    }

    /** Returns the run that holds it. */
    public String runId() {
        return entry.runId();
    }

    /**
     * Makes sure that the lease is still ours, before something that others will see.
     *
     * @throws io.goodhart.failures.Failure.DateHeld if it was lost, as when this machine slept past its expiry
     */
    void requireHeld() {
        Optional<String> other = entry.lostTo();
        other.ifPresent(owner -> {
            throw Messages.leaseLost(date, owner);
        });
    }

    @Override
    public void close() {
        entry.close();
    }
}
