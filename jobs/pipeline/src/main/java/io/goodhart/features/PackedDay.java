package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What windows need of a row of {@code person_days}, in a tenth of its bytes: a row is wide and mostly zeros, and all of them cross the
 * exchange by person.
 */
final class PackedDay {
    private static final List<ColumnSpec> OTHERS = List.of(
            PersonDays.COST_USD,
            PersonDays.ACTIVE_HOURS,
            PersonDays.NIGHT_REQUESTS,
            PersonDays.LONGEST_STREAK_MINUTES,
            PersonDays.MINUTE_REQUESTS,
            PersonDays.MODELS,
            PersonDays.PROMPT_SAMPLE_HASHES);

    /** The columns of {@code person_days} that are packed, in the order that {@link #pack} expects. */
    static final List<ColumnSpec> READS =
            Stream.concat(WindowTotals.SUMMED.stream(), OTHERS.stream()).toList();

    private static final int COST_USD = READS.indexOf(PersonDays.COST_USD);
    private static final int ACTIVE_HOURS = READS.indexOf(PersonDays.ACTIVE_HOURS);
    private static final int NIGHT_REQUESTS = READS.indexOf(PersonDays.NIGHT_REQUESTS);
    private static final int LONGEST_STREAK_MINUTES = READS.indexOf(PersonDays.LONGEST_STREAK_MINUTES);
    private static final int MINUTE_REQUESTS = READS.indexOf(PersonDays.MINUTE_REQUESTS);
    private static final int MODELS = READS.indexOf(PersonDays.MODELS);
    private static final int PROMPT_SAMPLE_HASHES = READS.indexOf(PersonDays.PROMPT_SAMPLE_HASHES);
    private static final int TOTAL_TOKENS = READS.indexOf(PersonDays.TOTAL_TOKENS);
    private static final int MODEL = PersonDays.MODEL_USE.fieldIndex("model");
    private static final int MODEL_REQUESTS = PersonDays.MODEL_USE.fieldIndex("requests");
    private static final int MODEL_TRIVIAL = PersonDays.MODEL_USE.fieldIndex("trivial_requests");

    private PackedDay() {}

    /**
     * Packs a row.
     *
     * @param row its columns {@link #READS} begin at {@code first}
     * @param premiumModels the models of the dearest class
     */
    static void pack(InternalRow row, int first, Set<UTF8String> premiumModels, Output packed) {
        packSums(row, first, packed);
        boolean usage = !row.isNullAt(first + MODELS) || !row.isNullAt(first + TOTAL_TOKENS);
        packed.writeBoolean(usage);
        if (!usage) {
            return;
        }
        boolean costKnown = !row.isNullAt(first + COST_USD);
        packed.writeBoolean(costKnown);
        if (costKnown) {
            packed.writeVarLong(
                    row.getDecimal(first + COST_USD, ColumnSpec.MONEY.precision(), ColumnSpec.MONEY.scale())
                            .toUnscaledLong(),
                    true);
        }
        packed.writeVarInt((int) orZero(row, first + ACTIVE_HOURS), true);
        packed.writeVarLong(orZero(row, first + NIGHT_REQUESTS), true);
        packed.writeVarLong(orZero(row, first + LONGEST_STREAK_MINUTES), true);
        packModels(row, first + MODELS, premiumModels, packed);
        packMinutes(row, first + MINUTE_REQUESTS, packed);
        packPrompts(row, first + PROMPT_SAMPLE_HASHES, packed);
    }

    private static void packSums(InternalRow row, int first, Output packed) {
        int columns = WindowTotals.SUMMED.size();
        long known = 0;
        for (int i = 0; i < columns; i++) {
            known |= row.isNullAt(first + i) ? 0 : 1L << i;
        }
        packed.writeLong(known);
        for (int i = 0; i < columns; i++) {
            if (!row.isNullAt(first + i)) {
                packed.writeVarLong(row.getLong(first + i), true);
            }
        }
    }

    private static void packModels(InternalRow row, int index, Set<UTF8String> premiumModels, Output packed) {
        long requests = 0;
        long premiumRequests = 0;
        long premiumTrivialRequests = 0;
        if (!row.isNullAt(index)) {
            ArrayData uses = row.getArray(index);
            for (int i = 0; i < uses.numElements(); i++) {
                InternalRow use = uses.getStruct(i, PersonDays.MODEL_USE.size());
                boolean premium = premiumModels.contains(use.getUTF8String(MODEL));
                requests += use.getLong(MODEL_REQUESTS);
                premiumRequests += premium ? use.getLong(MODEL_REQUESTS) : 0;
                premiumTrivialRequests += premium ? use.getLong(MODEL_TRIVIAL) : 0;
            }
        }
        packed.writeVarLong(requests, true);
        packed.writeVarLong(premiumRequests, true);
        packed.writeVarLong(premiumTrivialRequests, true);
    }

    private static void packMinutes(InternalRow row, int index, Output packed) {
        if (row.isNullAt(index)) {
            packed.writeVarInt(0, true);
            return;
        }
        ArrayData minutes = row.getArray(index);
        packed.writeVarInt(minutes.numElements(), true);
        for (int i = 0; i < minutes.numElements(); i++) {
            InternalRow minute = minutes.getStruct(i, PersonDays.MINUTE.size());
            packed.writeByte(minute.getInt(0));
            packed.writeVarLong(minute.getLong(1), true);
        }
    }

    private static void packPrompts(InternalRow row, int index, Output packed) {
        long[] prompts = row.isNullAt(index) ? new long[0] : row.getArray(index).toLongArray();
        packed.writeVarInt(prompts.length, true);
        packed.writeLongs(prompts);
    }

    /** Lays a packed row of {@code source} over {@code day}. */
    static void layOver(PersonDay day, String source, Input packed) {
        long known = packed.readLong();
        for (int i = 0; i < WindowTotals.SUMMED.size(); i++) {
            if ((known & 1L << i) != 0) {
                day.addSum(i, packed.readVarLong(true));
            }
        }
        if (!packed.readBoolean()) {
            return;
        }
        day.addSource(source);
        if (packed.readBoolean()) {
            day.addMicroDollars(packed.readVarLong(true));
        }
        day.addHours(packed.readVarInt(true), packed.readVarLong(true));
        day.addStreak(packed.readVarLong(true));
        day.addModels(packed.readVarLong(true), packed.readVarLong(true), packed.readVarLong(true));
        for (int left = packed.readVarInt(true); left > 0; left--) {
            day.addRequestsInMinute(packed.readByte(), packed.readVarLong(true));
        }
        day.addPrompts(packed.readLongs(packed.readVarInt(true)));
    }

    private static long orZero(InternalRow row, int index) {
        return row.isNullAt(index) ? 0 : row.getLong(index);
    }
}
