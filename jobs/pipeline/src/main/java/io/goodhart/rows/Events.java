package io.goodhart.rows;

/** The events of a task in one table: all rows, and which of them are to be used. */
public final class Events {
    /** Column of the day, days since 1970. */
    public static final int DAY = 0;

    /** Column of the person's code; null: nobody known. */
    public static final int PERSON = 1;

    /** Column of the source's code. */
    public static final int SOURCE = 2;

    private final Words words;
    private final int[] used;
    private final int firstWanted;

    /**
     * @param words all rows
     * @param used the numbers of those to be used, ascending; not copied
     * @param firstWanted where the wanted columns begin
     */
    public Events(Words words, int[] used, int firstWanted) {
        this.words = words;
        this.used = used;
        this.firstWanted = firstWanted;
    }

    /** Returns all rows. */
    public Words words() {
        return words;
    }

    /** Returns how many rows are to be used. */
    public int size() {
        return used.length;
    }

    /** Returns the number, among all rows, of one that is to be used. */
    public int row(int place) {
        return used[place];
    }

    /** Returns where the wanted columns begin. */
    public int firstWanted() {
        return firstWanted;
    }
}
