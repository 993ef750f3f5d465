package io.goodhart.warehouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a date, and until when unless renewed.
 *
 * @param runId the run
 * @param host machine and process table of its process
 * @param pid its process
 * @param processStarted when that process began: a process id alone may have been given to another since
 * @param expires when it is dead if nobody renews it
 */
record LeaseHolder(String runId, String host, long pid, Instant processStarted, Instant expires) {
    /** Start instants are read from clock ticks and a boot time, which may shift a little. */
    private static final Duration SAME_START = Duration.ofSeconds(3);

    private static final String SEPARATOR = "|";

    /** Returns this process as the holder for {@code runId} until {@code expires}. */
    static LeaseHolder here(String runId, Instant expires) {
        ProcessHandle self = ProcessHandle.current();
        return new LeaseHolder(runId, thisHost(), self.pid(), startOf(self).orElse(Instant.EPOCH), expires);
    }

    static LeaseHolder parse(String text) {
        String[] parts = text.split("\\|", -1);
        return new LeaseHolder(
                parts[0],
                parts[1],
                Long.parseLong(parts[2]),
                Instant.ofEpochMilli(Long.parseLong(parts[3])),
                Instant.ofEpochMilli(Long.parseLong(parts[4])));
    }

    String text() {
        return String.join(
                SEPARATOR,
                runId,
                host,
                String.valueOf(pid),
                String.valueOf(processStarted.toEpochMilli()),
                String.valueOf(expires.toEpochMilli()));
    }

    LeaseHolder until(Instant later) {
        return new LeaseHolder(runId, host, pid, processStarted, later);
    }

    /** Returns whether the holder may still be at work: not expired, and not a process of this machine that is gone. */
    boolean isAlive(Instant now) {
        return now.isBefore(expires) && !(host.equals(thisHost()) && processIsGone());
    }

    /** Returns the holder in words, for messages. */
    String owner() {
        return "run " + runId + " (process " + pid + " on " + host + ")";
    }

    private boolean processIsGone() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(LeaseHolder::startOf)
                .filter(start -> Duration.between(start, processStarted).abs().compareTo(SAME_START) < 0)
                .isEmpty();
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }

    /** The machine's name, and on Linux its process table: containers may share a name, and then see other processes. */
    private static String thisHost() {
        return hostName() + processTable();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replace(SEPARATOR, "_");
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static String processTable() {
        try {
            return "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                            .toString()
                            .replaceAll("[^0-9]", "");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return "";
        }
    }
}
