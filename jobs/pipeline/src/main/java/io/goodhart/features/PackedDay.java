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

/** What windows need of a row of {@code person_days}, in a tenth of its bytes: a row is wide and mostly zeros. */
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
    private static final int REQUESTS = READS.indexOf(PersonDays.REQUESTS);
    private static final int SESSIONS = READS.indexOf(PersonDays.SESSIONS);
    private static final int INPUT_TOKENS = READS.indexOf(PersonDays.INPUT_TOKENS);
    private static final int CACHE_READ_TOKENS = READS.indexOf(PersonDays.CACHE_READ_TOKENS);
    private static final int CACHE_WRITE_TOKENS = READS.indexOf(PersonDays.CACHE_WRITE_TOKENS);
    private static final int OUTPUT_TOKENS = READS.indexOf(PersonDays.OUTPUT_TOKENS);
    private static final int LINES_SUGGESTED = READS.indexOf(PersonDays.LINES_SUGGESTED);
    private static final int LINES_ACCEPTED = READS.indexOf(PersonDays.LINES_ACCEPTED);
    private static final int MODEL = PersonDays.MODEL_USE.fieldIndex("model");
    private static final int MODEL_REQUESTS = PersonDays.MODEL_USE.fieldIndex("requests");
    private static final int MODEL_TRIVIAL = PersonDays.MODEL_USE.fieldIndex("trivial_requests");
    private static final int MODEL_COST = PersonDays.MODEL_USE.fieldIndex("cost_usd");

    private PackedDay() {}

    /** Packs a row whose columns {@link #READS} begin at {@code first}. */
    static void pack(InternalRow row, int first, Output packed) {
        packModels(row, first + MODELS, packed); // first, for those who look at nothing else
        packSums(row, first, packed);
        boolean usage = !row.isNullAt(first + MODELS) || !row.isNullAt(first + TOTAL_TOKENS);
        packed.writeBoolean(usage);
        if (!usage) {
            return;
        }
        packMoney(row, first + COST_USD, packed);
        packed.writeVarInt((int) orZero(row, first + ACTIVE_HOURS), true);
        packed.writeVarLong(orZero(row, first + NIGHT_REQUESTS), true);
        packed.writeVarLong(orZero(row, first + LONGEST_STREAK_MINUTES), true);
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

    private static void packModels(InternalRow row, int index, Output packed) {
        ArrayData uses = row.isNullAt(index) ? null : row.getArray(index);
        int models = uses == null ? 0 : uses.numElements();
        packed.writeVarInt(models, true);
        for (int i = 0; i < models; i++) {
            InternalRow use = uses.getStruct(i, PersonDays.MODEL_USE.size());
            Names.pack(use.getUTF8String(MODEL).getBytes(), packed);
            packed.writeVarLong(use.getLong(MODEL_REQUESTS), true);
            packed.writeVarLong(use.getLong(MODEL_TRIVIAL), true);
            packMoney(use, MODEL_COST, packed);
        }
    }

    private static void packMoney(InternalRow row, int index, Output packed) {
        boolean known = !row.isNullAt(index);
        packed.writeBoolean(known);
        if (known) {
            packed.writeVarLong(
                    row.getDecimal(index, ColumnSpec.MONEY.precision(), ColumnSpec.MONEY.scale())
                            .toUnscaledLong(),
                    true);
        }
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

    /**
     * Lays a packed row of {@code source} over {@code day}.
     *
     * @param premiumModels the models of the dearest class
     */
    static void layOver(PersonDay day, String source, Set<String> premiumModels, Names names, Input packed) {
        readModels(
                packed,
                names,
                (model, requests, trivialRequests, microDollars, costKnown) ->
                        day.addModel(requests, trivialRequests, premiumModels.contains(model)));
        long known = packed.readLong();
        long[] sums = new long[WindowTotals.SUMMED.size()];
        for (int i = 0; i < sums.length; i++) {
            if ((known & 1L << i) != 0) {
                sums[i] = packed.readVarLong(true);
                day.addSum(i, sums[i]);
            }
        }
        addRatios(day.ratios(), known, sums);
        if (!packed.readBoolean()) {
            return;
        }
        day.addSource(source, isKnown(known, REQUESTS));
        if (packed.readBoolean()) {
            long microDollars = packed.readVarLong(true);
            day.addMicroDollars(microDollars);
            if (isKnown(known, TOTAL_TOKENS)) {
                day.ratios().add(Ratio.COST_A_TOKEN, microDollars, sums[TOTAL_TOKENS]);
            }
        }
        day.addHours(packed.readVarInt(true), packed.readVarLong(true));
        day.addStreak(packed.readVarLong(true));
        for (int left = packed.readVarInt(true); left > 0; left--) {
            day.addRequestsInMinute(packed.readByte(), packed.readVarLong(true));
        }
        day.addPrompts(packed.readLongs(packed.readVarInt(true)));
    }

    private static void addRatios(Ratio.Sums ratios, long known, long[] sums) {
        if (isKnown(known, CACHE_READ_TOKENS) && isKnown(known, INPUT_TOKENS)) {
            ratios.add(Ratio.CACHED, sums[CACHE_READ_TOKENS], sums[INPUT_TOKENS] + sums[CACHE_WRITE_TOKENS]);
        }
        addRatio(ratios, Ratio.OUTPUT_A_REQUEST, known, sums, OUTPUT_TOKENS, REQUESTS);
        addRatio(ratios, Ratio.ACCEPTED, known, sums, LINES_ACCEPTED, LINES_SUGGESTED);
        addRatio(ratios, Ratio.REQUESTS_A_SESSION, known, sums, REQUESTS, SESSIONS);
        addRatio(ratios, Ratio.INPUT_PER_OUTPUT, known, sums, INPUT_TOKENS, OUTPUT_TOKENS);
    }

    private static void addRatio(Ratio.Sums ratios, Ratio ratio, long known, long[] sums, int part, int base) {
        if (isKnown(known, part) && isKnown(known, base)) {
            ratios.add(ratio, sums[part], sums[base]);
        }
    }

    private static boolean isKnown(long known, int place) {
        return (known & 1L << place) != 0;
    }

    /** Takes the use of a model on a day: requests, those of them that were trivial work, and what they cost, if that is known. */
    interface ModelUses {
        void take(String model, long requests, long trivialRequests, long microDollars, boolean costKnown);
    }

    /** Reads the use of models, with which a packed row begins. */
    static void readModels(Input packed, Names names, ModelUses uses) {
        for (int left = packed.readVarInt(true); left > 0; left--) {
            String model = names.read(packed);
            long requests = packed.readVarLong(true);
            long trivialRequests = packed.readVarLong(true);
            boolean costKnown = packed.readBoolean();
            uses.take(model, requests, trivialRequests, costKnown ? packed.readVarLong(true) : 0, costKnown);
        }
    }

    private static long orZero(InternalRow row, int index) {
        return row.isNullAt(index) ? 0 : row.getLong(index);
    }
}
