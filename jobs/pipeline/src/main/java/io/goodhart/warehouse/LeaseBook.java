package io.goodhart.warehouse;

import io.goodhart.tables.Runs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * Who holds which date, and the landing, written in the properties of table {@code runs} by compare-and-swap.
 *
 * <p>A catalog that compares metadata locations (JDBC, Hive, Glue) refuses a commit on a base that is not the newest. A REST catalog lets
 * two changes of properties pass side by side, but never two that create one tag: so every entry moves a tag to the next of a growing
 * count as well, and of two writers that read the same state one fails.
 */
final class LeaseBook {
    private static final String ENTRY = "goodhart.lease.";
    private static final String COUNT = "goodhart.lease-count";
    private static final String TAG = "goodhart_lease_";
    private static final int MOST_TRIES = 60;

    private final WarehouseTables tables;

    LeaseBook(WarehouseTables tables) {
        this.tables = tables;
    }

    /** What to write for a subject, given what stands there; empty: nothing to change. */
    interface Change {
        Optional<Entry> apply(Optional<LeaseHolder> standing);
    }

    /** A new entry; no holder: the subject is free. */
    record Entry(Optional<LeaseHolder> holder) {}

    /** Returns who stands as the holder of {@code subject}, dead or alive. */
    Optional<LeaseHolder> holder(String subject) {
        return standing(operations().refresh(), subject);
    }

    /** Changes the entry of {@code subject} by {@code change}, which is asked again whenever another writer was faster. */
    void change(String subject, Change change) {
        TableOperations operations = operations();
        for (int tries = 1; ; tries++) {
            TableMetadata base = operations.refresh();
            Optional<Entry> entry = change.apply(standing(base, subject));
            if (entry.isEmpty()) {
                return;
            }
            try {
                operations.commit(base, with(base, subject, entry.get()));
                return;
            } catch (CommitFailedException | CommitStateUnknownException fasterOrUnknown) {
                // Read again: if the unknown commit went through, `change` finds its own entry there.
                if (tries == MOST_TRIES) {
                    throw fasterOrUnknown;
                }
                pause();
            }
        }
    }

    private TableOperations operations() {
        return ((HasTableOperations) tables.load(Runs.CONTRACT)).operations();
    }

    private static Optional<LeaseHolder> standing(TableMetadata metadata, String subject) {
        return Optional.ofNullable(metadata.property(ENTRY + subject, null)).map(LeaseHolder::parse);
    }

    private static TableMetadata with(TableMetadata base, String subject, Entry entry) {
        long count = base.propertyAsLong(COUNT, 0) + 1;
        Map<String, String> set = new HashMap<>();
        set.put(COUNT, String.valueOf(count));
        TableMetadata.Builder next = TableMetadata.buildFrom(base);
        entry.holder()
                .ifPresentOrElse(
                        holder -> set.put(ENTRY + subject, holder.text()),
                        () -> next.removeProperties(Set.of(ENTRY + subject)));
        next.setProperties(set);
        next.setRef(
                TAG + count,
                SnapshotRef.tagBuilder(base.currentSnapshot().snapshotId()).build());
        if (base.ref(TAG + (count - 1)) != null) {
            next.removeRef(TAG + (count - 1));
        }
        return next.build();
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(20, 200));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a lease", stopped);
        }
    }
}
