package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A person's week in one run of bytes: entries of its days in order, of each day one of what it has in common with other people's, where
 * it has, and one a source.
 */
final class PackedWeek {
    private static final int DAYS = 7;

    /** From the Monday before 1970 to its first day. */
    private static final int MONDAY = 3;

    /** Beside the day of the week, of an entry that is no source's. */
    private static final int COMMON = 8;

    private PackedWeek() {}

    /** Returns the Monday of a day's week; both are days since 1970. */
    static int monday(int day) {
        return Math.floorDiv(day + MONDAY, DAYS) * DAYS - MONDAY;
    }

    /** Packs the entry of a day of {@code source}, a name in UTF-8: a row whose columns {@link PackedDay#READS} begin at {@code first}. */
    static void packSource(int day, byte[] source, InternalRow row, int first, Output packed) {
        packed.writeByte(day - monday(day));
        Names.pack(source, packed);
        PackedDay.pack(row, first, packed);
    }

    /** Packs the entry of what a day has in common with other people's. */
    static void packCommon(int day, long sharedPrompts, long reciprocalMerges, Output packed) {
        packed.writeByte(COMMON | day - monday(day));
        packed.writeVarLong(sharedPrompts, true);
        packed.writeVarLong(reciprocalMerges, true);
    }

    /** Adds an entry to a week. */
    static void append(byte[] entry, Output week) {
        week.writeVarInt(entry.length, true);
        week.writeBytes(entry);
    }

    /**
     * Adds the days of a packed week to {@code days}.
     *
     * @param premiumModels the models of the dearest class
     */
    static void unpack(LocalDate monday, Input packed, Set<String> premiumModels, Names names, List<PersonDay> days) {
        PersonDay day = null;
        while (packed.position() < packed.limit()) {
            packed.readVarInt(true); // the length, which only matters to those who skip an entry
            int head = packed.readByte();
            LocalDate date = monday.plusDays(head & ~COMMON);
            if (day == null || !day.date().equals(date)) {
                day = new PersonDay(date);
                days.add(day);
            }
            if ((head & COMMON) == 0) {
                PackedDay.layOver(day, names.read(packed), premiumModels, names, packed);
            } else {
                day.addSharedPrompts(packed.readVarLong(true));
                day.addReciprocalMerges(packed.readVarLong(true));
            }
        }
    }

    /** Reads the use of models on those days of a packed week that lie from {@code first} to {@code last}, all of them days since 1970. */
    static void readModels(int monday, Input packed, int first, int last, Names names, PackedDay.ModelUses uses) {
        while (packed.position() < packed.limit()) {
            int length = packed.readVarInt(true);
            int end = packed.position() + length;
            int head = packed.readByte();
            int day = monday + (head & ~COMMON);
            if ((head & COMMON) == 0 && day >= first && day <= last) {
                Names.skip(packed);
                PackedDay.readModels(packed, names, uses);
            }
            packed.setPosition(end);
        }
    }
}
