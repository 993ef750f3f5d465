package io.goodhart.warehouse.input;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkThrowable;

/**
 * Says in the user's words what Spark throws when an input file turns out to be broken while its rows are read: a flipped bit, a page cut
 * short, a file that vanished. Wrap with it every action over rows that come from the input.
 */
public final class ReadFailures {
    /** What Spark calls a file that breaks while it is read, and one that is gone before it is. */
    private static final List<String> CONDITIONS = List.of("FAILED_READ_FILE", "PATH_NOT_FOUND");

    private static final String PATH = "path";

    /** Hadoop's local file system writes such a file beside each of its own, and nothing else keeps it up to date. */
    private static final String STALE_CHECKSUM = " (the bytes are not those that the hidden file .NAME.crc beside it"
            + " was made of: deliver the file again, or remove the .crc if another program has replaced the file)";

    private ReadFailures() {}

    /**
     * Runs {@code action} and returns its result.
     *
     * @throws Failure.OffContract if an input file cannot be read; anything else that the action throws passes as it is
     */
    public static <T> T translate(Supplier<T> action) {
        try {
            return action.get();
        } catch (Exception e) {
            Optional<String> file = unreadableFile(e);
            if (file.isPresent()) {
                Failure failure =
                        Messages.offContract(List.of(file.get() + ": cannot be read to its end: " + innermost(e)));
                failure.addSuppressed(e);
                throw failure;
            }
            throw e;
        }
    }

    /** As {@link #translate(Supplier)}, for an action without a result. */
    public static void translate(Runnable action) {
        translate(() -> {
            action.run();
            return true;
        });
    }

    /** Returns the first line of what the first cause of {@code failure} says. */
    static String innermost(Throwable failure) {
        Throwable cause = causes(failure).reduce(failure, (outer, inner) -> inner);
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String first = message.lines().findFirst().orElse(message);
        return cause instanceof ChecksumException ? first + STALE_CHECKSUM : first;
    }

    private static Optional<String> unreadableFile(Throwable failure) {
        return causes(failure)
                .filter(cause -> cause instanceof SparkThrowable known
                        && known.getCondition() != null
                        && CONDITIONS.stream().anyMatch(known.getCondition()::startsWith))
                .map(cause -> ((SparkThrowable) cause).getMessageParameters().getOrDefault(PATH, "an input file"))
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
