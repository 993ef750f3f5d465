package io.goodhart.failures;

/** What the process tells its scheduler. Only {@link #INPUT_NOT_THERE}, {@link #DATE_HELD} and signals are worth a retry. */
public enum ExitCode {
    DONE(0, "done"),
    OUR_FAULT(1, "a fault of this program; the stack trace belongs in a bug report"),
    ARGUMENTS(2, "arguments or configuration"),
    DATA_QUALITY(3, "too many rows break the contract's rules, or rows and footers do not agree"),
    INPUT_NOT_THERE(
            4,
            "the date's input, its folder, a day read before, a published night or labels are not there; retry nightly and train later"),
    OFF_CONTRACT(5, "input unreadable or off contract"),
    DATE_HELD(6, "another run holds the date; retry later"),
    STORAGE(7, "the warehouse cannot be read or written"),
    DEADLINE(8, "the run passed its deadline"),
    PRIVACY(9, "an id that looks like a person's address"),
    MODEL_UNFIT(12, "the model does not fit these features or settings of windows");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Returns the number that the process exits with. */
    public int code() {
        return code;
    }

    /** Returns what it means, for {@code --help}. */
    public String meaning() {
        return meaning;
    }
}
