package io.goodhart.warehouse;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure.DateHeld;
import io.goodhart.tables.TableContract;
import io.goodhart.warehouse.RunRecord.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up after runs that died: completes those that had begun to publish, writes down of the others that they failed, and drops what
 * they had staged. Doing it twice changes nothing.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final WarehouseTables tables;
    private final RunLog runs;
    private final LeaseBook leases;
    private final Duration leaseLength;

    /** Whom a date is held for while a run of it is completed: not the run, for others may complete it too, and it may wake up. */
    private final String id = "recovery-" + UUID.randomUUID().toString().substring(0, 8);

    Recovery(WarehouseTables tables, RunLog runs, LeaseBook leases, Duration leaseLength) {
        this.tables = tables;
        this.runs = runs;
        this.leases = leases;
        this.leaseLength = leaseLength;
    }

    /** Returns the runs that were completed. */
    List<String> recover() {
        List<StagedDate> found = stagedNow();
        List<RunRecord> unfinished = runs.unfinished();
        List<String> completed = new ArrayList<>();
        for (RunRecord run : unfinished) {
            if (run.state() == State.RUNNING) {
                bury(run);
            } else if (!isHeld(run.runDate()) && complete(run)) {
                completed.add(run.runId());
            }
        }
        dropLeftovers(found);
        return completed;
    }

    /** A run takes its lease before its row is written, and gives it back after it has written how it ended. */
    private void bury(RunRecord run) {
        boolean isAtWork = leases.holder(run.runDate().toString())
                .filter(holder -> holder.runId().equals(run.runId()) && holder.isAlive(Instant.now()))
                .isPresent();
        if (!isAtWork && state(run.runId()) == State.RUNNING) {
            runs.write(run.died());
            LOG.info("run {} of {} had died before it began to publish", run.runId(), run.runDate());
        }
    }

    private boolean complete(RunRecord run) {
        // The lease keeps another recovery, or a new run of the date, from meeting this one halfway.
        try (Lease lease = Lease.take(leases, run.runDate(), id, leaseLength)) {
            if (state(run.runId()) != State.PUBLISHING) {
                return false;
            }
            StagingBranch branch = new StagingBranch(lease.date(), run.runId());
            List<StagedDate> waiting = new ArrayList<>();
            List<String> lost = new ArrayList<>();
            for (TableContract contract : Publication.BY_RUN_DATE) {
                StagedDate staged = new StagedDate(contract, branch);
                if (staged.isWaiting(tables)) {
                    waiting.add(staged);
                } else if (!staged.isSwitchedIn(tables)) {
                    lost.add(contract.name());
                }
            }
            if (!lost.isEmpty()) {
                runs.write(run.failed(
                        Instant.now(),
                        ExitCode.STORAGE.code(),
                        "died while publishing, and what it had staged of " + String.join(", ", lost)
                                + " is gone; run the date again"));
                return false;
            }
            waiting.forEach(staged -> staged.switchIn(tables));
            runs.write(run.published(Instant.now()));
            LOG.info("completed run {} of {}, which had died while publishing", run.runId(), run.runDate());
            return true;
        } catch (DateHeld takenMeanwhile) {
            return false;
        } catch (ValidationException overtaken) {
            runs.write(run.failed(
                    Instant.now(),
                    ExitCode.DATE_HELD.code(),
                    "died while publishing, and another run has published the date since"));
            return false;
        }
    }

    /**
     * What was staged was seen before its date's lease is looked at: a run takes the lease before it stages. How its run stands is looked at
     * last: one that has died cannot begin to publish any more.
     */
    private void dropLeftovers(List<StagedDate> found) {
        found.stream()
                .filter(staged -> !isHeld(staged.branch().date()))
                .filter(staged -> state(staged.branch().runId()) != State.PUBLISHING)
                .forEach(staged -> {
                    staged.drop(tables);
                    LOG.info("dropped what run {} had staged", staged.branch().runId());
                });
    }

    private State state(String runId) {
        return runs.find(runId).map(RunRecord::state).orElse(State.FAILED);
    }

    private boolean isHeld(LocalDate date) {
        return leases.holder(date.toString())
                .filter(holder -> holder.isAlive(Instant.now()))
                .isPresent();
    }

    private List<StagedDate> stagedNow() {
        return Publication.BY_RUN_DATE.stream()
                .flatMap(contract -> tables.load(contract).refs().keySet().stream()
                        .flatMap(name -> StagingBranch.parse(name).stream())
                        .map(branch -> new StagedDate(contract, branch)))
                .toList();
    }
}
