package io.goodhart.warehouse;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.spark.SparkThrowable;

/** Tells a failure of the storage (exit 7) and of the input being read (exit 5) from a fault of ours (exit 1). */
final class StorageGuard {
    private static final List<Class<? extends Throwable>> OF_STORAGE = List.of(
            IOException.class,
            UncheckedIOException.class,
            FileSystemException.class,
            SQLException.class,
            RuntimeIOException.class,
            NotFoundException.class,
            CommitFailedException.class,
            CommitStateUnknownException.class,
            ForbiddenException.class,
            NotAuthorizedException.class,
            RESTException.class);

    private StorageGuard() {}

    /** Does {@code work}; what the storage refuses is told as {@code what} and why. */
    static <T> T guard(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception | FSError thrown) {
            // Spark throws checked exceptions without declaring them, Hadoop an error where a disk is full.
            Optional<Failure> failure = failureOf(what, thrown);
            if (failure.isPresent()) {
                throw failure.get();
            }
            throw thrown;
        }
    }

    /** As {@link #guard(String, Supplier)}, for work that reads nothing of the input: a file that Spark cannot read is the storage's. */
    static <T> T guardOwnFiles(String what, Supplier<T> work) {
        return guard(what, () -> {
            try {
                return work.get();
            } catch (Exception thrown) { // Spark throws checked exceptions without declaring them
                for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                    if (isUnreadableFile(cause)) {
                        throw Messages.storage(what, cause);
                    }
                }
                throw thrown;
            }
        });
    }

    static void guard(String what, Runnable work) {
        guard(what, () -> {
            work.run();
            return true;
        });
    }

    private static Optional<Failure> failureOf(String what, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return Optional.of(failure);
            }
            if (isUnreadableFile(cause)) {
                return Optional.of(Messages.offContract(List.of(firstLine(cause))));
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isOfStorage(cause) || isPathGone(cause)) {
                return Optional.of(Messages.storage(what, cause));
            }
        }
        return Optional.empty();
    }

    /** An object that cannot be sent to a task is an {@link IOException} too, and a fault of ours. */
    private static boolean isOfStorage(Throwable cause) {
        return OF_STORAGE.stream().anyMatch(kind -> kind.isInstance(cause))
                && !(cause instanceof ObjectStreamException);
    }

    /** The warehouse's tables are read by Iceberg: Spark's file scan has met a file of the input, or of a saved model. */
    private static boolean isUnreadableFile(Throwable cause) {
        return cause instanceof SparkThrowable spark
                && spark.getCondition() != null
                && spark.getCondition().startsWith("FAILED_READ_FILE");
    }

    /** Something that is no table, such as a saved model, is not where it was written. */
    private static boolean isPathGone(Throwable cause) {
        return cause instanceof SparkThrowable spark && "PATH_NOT_FOUND".equals(spark.getCondition());
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("a file cannot be read");
    }
}
