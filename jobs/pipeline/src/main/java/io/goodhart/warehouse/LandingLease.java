package io.goodhart.warehouse;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The right to bring the landing up to date, see {@link HeldEntry}: of two dates that meet the same new days, one lands them and the other,
 * after it, finds them done. Who comes second waits, for a landing ends.
 */
public final class LandingLease implements AutoCloseable {
    private static final String LANDING = "landing";
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final HeldEntry entry;

    private LandingLease(HeldEntry entry) {
        this.entry = entry;
    }

    /**
     * Takes the landing for {@code runId} as soon as it is free.
     *
     * @param whoIsAwaited is told once, where there is somebody to wait for
     */
    static LandingLease await(LeaseBook book, String runId, Duration length, Consumer<String> whoIsAwaited) {
        for (boolean isFirstTry = true; ; isFirstTry = false) {
            HeldEntry.Taken taken = HeldEntry.take(book, LANDING, runId, length);
            if (taken.ours().isPresent()) {
                return new LandingLease(taken.ours().get());
            }
            if (isFirstTry) {
                taken.theirs().ifPresent(holder -> whoIsAwaited.accept(holder.owner()));
            }
            pause();
        }
    }

    @Override
    public void close() {
        entry.close();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another run was landing", stopped);
        }
    }
}
