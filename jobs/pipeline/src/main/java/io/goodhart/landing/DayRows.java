package io.goodhart.landing;

import io.goodhart.rows.Texts;
import io.goodhart.rows.Words;
import java.time.ZoneId;

/** The events of one key (UTC day, person, source) in one event table, in order of time where the fold asks for it. */
final class DayRows {
    private final Words words;
    private final int firstWanted;
    private final Texts texts;
    private final int[] rows;
    private final int from;
    private final int to;
    private final int day;
    private final ZoneId zone;

    /**
     * @param words all rows of the task
     * @param firstWanted where the columns that the fold reads begin
     * @param texts what codes stand for
     * @param rows numbers of rows; not copied
     * @param from first of {@code rows} that is of this key
     * @param to behind the last
     * @param day days since 1970
     * @param zone the person's clock
     */
    DayRows(Words words, int firstWanted, Texts texts, int[] rows, int from, int to, int day, ZoneId zone) {
        this.words = words;
        this.firstWanted = firstWanted;
        this.texts = texts;
        this.rows = rows;
        this.from = from;
        this.to = to;
        this.day = day;
        this.zone = zone;
    }

    Words words() {
        return words;
    }

    int firstWanted() {
        return firstWanted;
    }

    Texts texts() {
        return texts;
    }

    int size() {
        return to - from;
    }

    /** Returns the number, in the words, of an event of this key. */
    int row(int place) {
        return rows[from + place];
    }

    int day() {
        return day;
    }

    ZoneId zone() {
        return zone;
    }
}
