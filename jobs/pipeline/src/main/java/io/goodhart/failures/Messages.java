package io.goodhart.failures;

import io.goodhart.failures.Failure.DateHeld;
import io.goodhart.failures.Failure.DeadlinePassed;
import io.goodhart.failures.Failure.InputNotThere;
import io.goodhart.failures.Failure.InvalidSettings;
import io.goodhart.failures.Failure.ModelUnfit;
import io.goodhart.failures.Failure.NotPseudonymous;
import io.goodhart.failures.Failure.OffContract;
import io.goodhart.failures.Failure.PoorData;
import io.goodhart.failures.Failure.StorageFailed;
import java.nio.file.FileSystemException;
import java.time.LocalDate;
import java.util.List;

/**
 * Every message that a user can cause, in one place so that the wording is reviewed as a whole: <i>what failed: why, with values. What
 * to do.</i> No message holds a row's value or a person's key.
 */
public final class Messages {
    private Messages() {}

    public static InvalidSettings invalidSettings(List<String> problems) {
        return new InvalidSettings("cannot use these settings:\n  - " + String.join("\n  - ", problems)
                + "\nRun `goodhart settings` for every setting with its default.");
    }

    public static InvalidSettings invalidArguments(List<String> problems) {
        return new InvalidSettings("cannot use these arguments:\n  - " + String.join("\n  - ", problems)
                + "\nRun the command with --help for what it takes.");
    }

    public static InvalidSettings notAPath(String option, String given, Throwable cause) {
        return invalidArguments(List.of(option + " '" + given + "': cannot be a path: " + cause.getMessage()));
    }

    public static InvalidSettings sparkRefused(Throwable cause) {
        return new InvalidSettings("cannot start Spark: " + why(cause)
                + ". Check --master, and what stands under `spark:` in the settings or was given to spark-submit.");
    }

    public static InvalidSettings catalogRefused(Throwable cause) {
        return new InvalidSettings(
                "cannot open the catalog: " + cause
                        + ". Check what stands under `catalog:` in the settings, and name the jars that it needs in GOODHART_CLASSPATH.");
    }

    public static InvalidSettings noSuchTable(String table, String known) {
        return new InvalidSettings("no table " + table + " in the warehouse. Pass --table with one of " + known + ".");
    }

    public static InputNotThere notPublished(LocalDate date, String table) {
        return new InputNotThere("no " + table + " for " + date
                + ": no run of that date has been published. Run `goodhart nightly --date " + date
                + "`, or pass another --date or --warehouse.");
    }

    public static InvalidSettings noSuchPerson(LocalDate date) {
        return new InvalidSettings("no such person in the night of " + date
                + ": nobody with that id used an AI tool in the window that ends on it. Ids are those of usage_scores: run"
                + " `goodhart show --table usage_scores --date " + date + "`, or pass another --person or --date.");
    }

    public static StorageFailed noFolderFor(String file, String folder) {
        return new StorageFailed(
                "cannot write " + file + ": there is no folder " + folder + ". Make it first, or pass another --to.",
                null);
    }

    public static InvalidSettings exportOnACluster(String file, String master) {
        return new InvalidSettings(
                "cannot write " + file + ": this session runs on " + master
                        + ", whose machines would leave the rows on their own disks. Pass --master 'local[*]'; the warehouse stays the same.");
    }

    public static StorageFailed cannotExport(String file, Throwable cause) {
        return new StorageFailed(
                "cannot write " + file + ": " + cause
                        + ". Check that its folder exists, is writable and has room, then run again.",
                cause);
    }

    public static InputNotThere noUsageOn(LocalDate date, String input) {
        return new InputNotThere(
                "no usage for " + date + ": neither " + input + "/usage_events/event_date=" + date + " nor "
                        + input + "/usage_daily/event_date=" + date
                        + " holds a Parquet file. Retry when the day has been delivered, or pass"
                        + " another --date or --input.");
    }

    public static InputNotThere noInput(String input) {
        return new InputNotThere(
                "no input at " + input + ": the folder does not exist. Pass --input with the folder that holds"
                        + " usage_events/ and people/.");
    }

    public static InputNotThere noTruth(String file) {
        return new InputNotThere("no labels at " + file
                + ": there is no such file. Pass --truth with a Parquet file of person_id, truth and gaming_from.");
    }

    public static InputNotThere nobodyJudged(LocalDate date) {
        return new InputNotThere("nothing to rehearse on " + date
                + ": its published night judged nobody. Pass --date of a night with a model.");
    }

    public static InputNotThere nobodyToRehearseWith(LocalDate date) {
        return new InputNotThere("nothing to rehearse on " + date
                + ": each behaviour needs somebody who plays it, and too few people of its night have requests of their own, outcomes,"
                + " a verdict, and nothing unusual, declared or decided about them. Pass another --date.");
    }

    public static InputNotThere vanishedDay(LocalDate day, LocalDate runDate, String table) {
        return new InputNotThere(
                table + " of " + day + " has vanished: an earlier run read it, and the run for " + runDate
                        + " needs it. Restore the partition; only days older than the window and its base may be gone.");
    }

    public static OffContract missingTable(String table, String input) {
        return new OffContract("table " + table + " is missing: " + input + "/" + table
                + " holds no Parquet file, and the contract requires it. Deliver it, or pass another --input.");
    }

    public static OffContract unreadableInput(String input, Throwable cause) {
        return new OffContract("cannot list the input at " + input + ": " + cause.getMessage()
                + ". Check that the folder may be read, and that the settings of its file system are there.");
    }

    public static OffContract offContract(List<String> problems) {
        return new OffContract("the input is off contract:\n  - " + String.join("\n  - ", problems)
                + "\nMend or remove these files and run again; nothing was published.");
    }

    public static PoorData tooManyRejected(List<String> problems, double limit) {
        return new PoorData("too many rows break the contract's rules (max_rejected_share is " + limit + "):\n  - "
                + String.join("\n  - ", problems)
                + "\n`goodhart check` counts them a table. Mend the export, or raise"
                + " max_rejected_share if these rows can be missed; nothing was published.");
    }

    public static PoorData notReconciled(List<String> problems) {
        return new PoorData(
                "the rows do not reconcile:\n  - " + String.join("\n  - ", problems)
                        + "\nThe files changed while they were read. Run again once the delivery has ended; nothing was published.");
    }

    public static NotPseudonymous looksLikeAddress(String table, String column, long rows) {
        return new NotPseudonymous(
                table + "." + column + " holds ids that look like e-mail addresses (" + rows
                        + " rows): people are pseudonyms here. Pseudonymise the export before it reaches this input; nothing was published.");
    }

    public static DateHeld dateHeld(LocalDate date, String owner, String until) {
        return new DateHeld("another run holds " + date + ": " + owner + " until " + until
                + ". Retry after it has ended; the lease of a dead run expires by itself.");
    }

    public static DateHeld leaseLost(LocalDate date, String owner) {
        return new DateHeld("this run has lost its hold of " + date + " to " + owner
                + ": it was silent for longer than lease_seconds. Nothing more was published; run again.");
    }

    public static DateHeld publishedMeanwhile(LocalDate date, String table) {
        return new DateHeld("another run has published " + date + " while this one was at work: " + table
                + " has changed since. Nothing of this run was published; run again if its input was newer.");
    }

    public static DeadlinePassed deadlinePassed(LocalDate date, long seconds) {
        return new DeadlinePassed("the run for " + date + " was stopped: it had not begun to publish after " + seconds
                + " s (deadline_seconds). Nothing was published. Give it longer or more machines, and run again.");
    }

    public static InvalidSettings noWarehouse(String where) {
        return new InvalidSettings(
                "no warehouse at " + where
                        + ": it holds no Goodhart tables. Run `goodhart nightly` first, or pass another --warehouse or --into.");
    }

    public static StorageFailed storage(String what, Throwable cause) {
        return new StorageFailed(
                what + ": " + why(cause)
                        + ". Check that the storage is there, may be read and written, and has room, then run again.",
                cause);
    }

    public static StorageFailed otherVersion(String table, List<String> columns) {
        return new StorageFailed(
                "the warehouse was made by another version of Goodhart: " + table + " lacks "
                        + String.join(", ", columns)
                        + ", or has it in another type. Run the nights again into a new warehouse (--warehouse, --into).",
                null);
    }

    public static ModelUnfit modelUnfit(String modelId, List<String> expected, List<String> found) {
        return new ModelUnfit("model " + modelId + " does not fit: it was trained on " + found.size()
                + " features, these windows have " + expected.size()
                + " (or they differ in name or order). Give the date a new model with `goodhart nightly --retrain`.");
    }

    public static ModelUnfit modelOfOtherWindows(String modelId, List<String> differing) {
        return new ModelUnfit(
                "model " + modelId + " does not fit: it was trained on windows of another cut ("
                        + String.join(", ", differing)
                        + " differ). Run with the settings of then, or give the date a new model with `goodhart nightly --retrain`.");
    }

    public static InvalidSettings folderNotEmpty(String folder) {
        return new InvalidSettings("cannot write to " + folder
                + ": the folder holds files already. Pass --to with a folder that is empty or not there yet.");
    }

    public static InvalidSettings noNotebook(String file) {
        return new InvalidSettings(
                "no notebook at " + file
                        + ": there is no such file. Pass --notebook with one; relative paths are meant from the current directory.");
    }

    public static InvalidSettings queryRefused(String query, String reason) {
        return new InvalidSettings("cannot run a query of the notebook: " + reason + "\nIt begins with `"
                + query.lines().findFirst().orElse("") + "`. Mend it in the notebook, and run again.");
    }

    public static InvalidSettings notANotebook(String file, String firstLine) {
        return new InvalidSettings(file + " is not a notebook in source form: its first line must be `" + firstLine
                + "`. Pass --notebook with one that is.");
    }

    /** What a file system refuses it tells by the kind of exception alone, and the message is the file; others have no message at all. */
    private static String why(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        if (cause.getMessage() == null) {
            return kind;
        }
        return cause instanceof FileSystemException refused && refused.getReason() == null
                ? kind + ": " + cause.getMessage()
                : cause.getMessage();
    }
}
