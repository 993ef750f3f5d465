package io.goodhart.failures;

/**
 * A failure that a user can act on: its message says what failed, why, and what to do, and its type knows the exit code. Anything
 * that is not one of these is our fault and leaves with a stack trace.
 *
 * <p>Messages are built in {@link Messages} alone and never hold a row's value or a person's key.
 */
public abstract class Failure extends RuntimeException {
    private final ExitCode exitCode;

    Failure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns the code to leave with. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Arguments or settings that cannot be used. */
    public static final class InvalidSettings extends Failure {
        InvalidSettings(String message) {
            super(ExitCode.ARGUMENTS, message, null);
        }
    }

    /** Too many rows of a table and day break the contract's rules. */
    public static final class PoorData extends Failure {
        PoorData(String message) {
            super(ExitCode.DATA_QUALITY, message, null);
        }
    }

    /** The input of the run date, or of a day that the run needs, is not there. */
    public static final class InputNotThere extends Failure {
        InputNotThere(String message) {
            super(ExitCode.INPUT_NOT_THERE, message, null);
        }
    }

    /** A file that cannot be read, or whose columns are not the contract's. */
    public static final class OffContract extends Failure {
        OffContract(String message) {
            super(ExitCode.OFF_CONTRACT, message, null);
        }
    }

    /** Another run holds the date. */
    public static final class DateHeld extends Failure {
        DateHeld(String message) {
            super(ExitCode.DATE_HELD, message, null);
        }
    }

    /** The warehouse cannot be read or written. */
    public static final class StorageFailed extends Failure {
        StorageFailed(String message, Throwable cause) {
            super(ExitCode.STORAGE, message, cause);
        }
    }

    /** A run that took longer than it may. */
    public static final class DeadlinePassed extends Failure {
        DeadlinePassed(String message) {
            super(ExitCode.DEADLINE, message, null);
        }
    }

    /** An id that looks like an e-mail address: the input is not pseudonymous. */
    public static final class NotPseudonymous extends Failure {
        NotPseudonymous(String message) {
            super(ExitCode.PRIVACY, message, null);
        }
    }

    /** A model that was trained on other features than these. */
    public static final class ModelUnfit extends Failure {
        ModelUnfit(String message) {
            super(ExitCode.MODEL_UNFIT, message, null);
        }
    }
}
