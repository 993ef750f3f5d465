package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonWeeks;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;

/** What is known of a person beside the days: role, team, clock, contract, absences; packed as {@link PackedDay} is. */
final class PackedFacts {
    private static final int TEXTS = 4;
    private static final int START = 4;
    private static final int END = 5;
    private static final int FTE = 6;
    private static final int ABSENCES = 7;
    private static final int ABSENCE_FIELDS = 3;

    private PackedFacts() {}

    /** Returns a row a person who is in one of the tables: the person, no week, and what {@link #pack} expects. */
    static Dataset<Row> of(Dataset<Row> people, Dataset<Row> absences) {
        return people.join(Absence.byPerson(absences), new String[] {People.PERSON_ID.name()}, "full")
                .select(
                        People.PERSON_ID.col(),
                        lit(null).cast(DataTypes.DateType).as(PersonWeeks.WEEK.name()),
                        People.ROLE.col(),
                        People.TEAM_ID.col(),
                        People.ORG_ID.col(),
                        People.TIMEZONE.col(),
                        People.START_DATE.col(),
                        People.END_DATE.col(),
                        People.FTE.col(),
                        col(Absence.STRETCHES));
    }

    /** Packs a row of {@link #of}, whose facts begin at {@code first}. What is not told is {@link People#UNKNOWN}, which names no zone either. */
    static void pack(InternalRow row, int first, Output packed) {
        for (int i = first; i < first + TEXTS; i++) {
            packed.writeString(
                    row.isNullAt(i) ? People.UNKNOWN : row.getUTF8String(i).toString());
        }
        packDate(row, first + START, packed);
        packDate(row, first + END, packed);
        packed.writeDouble(row.isNullAt(first + FTE) ? 1 : row.getDouble(first + FTE));
        ArrayData absences = row.isNullAt(first + ABSENCES) ? null : row.getArray(first + ABSENCES);
        int stretches = absences == null ? 0 : absences.numElements();
        packed.writeVarInt(stretches, true);
        for (int i = 0; i < stretches; i++) {
            InternalRow stretch = absences.getStruct(i, ABSENCE_FIELDS);
            packed.writeInt(stretch.getInt(0));
            packed.writeInt(stretch.getInt(1));
            packed.writeBoolean(stretch.getUTF8String(2).toString().equals(Absence.ON_CALL));
        }
    }

    private static void packDate(InternalRow row, int index, Output packed) {
        packed.writeBoolean(row.isNullAt(index));
        if (!row.isNullAt(index)) {
            packed.writeInt(row.getInt(index));
        }
    }

    /** Returns a person of whom these facts are known. */
    static Person person(String id, Input packed, List<PersonDay> days) {
        String role = packed.readString();
        String team = packed.readString();
        String org = packed.readString();
        ZoneId zone = People.zone(packed.readString());
        LocalDate startOrNull = dateOrNull(packed);
        LocalDate endOrNull = dateOrNull(packed);
        double fte = packed.readDouble();
        List<Absence> absences = new ArrayList<>();
        for (int left = packed.readVarInt(true); left > 0; left--) {
            absences.add(new Absence(date(packed), date(packed), packed.readBoolean()));
        }
        return new Person(id, role, team, org, zone, startOrNull, endOrNull, fte, absences, days);
    }

    /** Returns a person who is in none of the tables. */
    static Person unknown(String id, List<PersonDay> days) {
        return new Person(
                id, People.UNKNOWN, People.UNKNOWN, People.UNKNOWN, ZoneOffset.UTC, null, null, 1, List.of(), days);
    }

    private static LocalDate dateOrNull(Input packed) {
        return packed.readBoolean() ? null : date(packed);
    }

    private static LocalDate date(Input packed) {
        return LocalDate.ofEpochDay(packed.readInt());
    }
}
