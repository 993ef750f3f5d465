package io.goodhart.features;

import static org.apache.spark.sql.functions.size;

import io.goodhart.rows.InnerRows;
import io.goodhart.rows.LongIds;
import io.goodhart.tables.PersonDays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Prompts that somebody else sent in the same ISO week, by the daily samples of fingerprints.
 *
 * <p>A day keeps the prompts with the smallest hashes, so the same prompt is kept by every person of comparable use: what is compared is
 * a few dozen prompts a person and day, never all of them. They cross one exchange, packed into arrays, and a task compares a part of a
 * week's prompts at a time.
 */
final class SharedPrompts {
    /** How many of the day's sampled prompts are shared. */
    static final String COUNT = "shared_prompts";

    private static final int MANY = -1;
    private static final StructType SCHEMA = new StructType(new StructField[] {
        DataTypes.createStructField(PersonDays.PERSON_ID.name(), DataTypes.StringType, false),
        DataTypes.createStructField(PersonDays.EVENT_DATE.name(), DataTypes.DateType, false),
        DataTypes.createStructField(COUNT, DataTypes.LongType, false)
    });

    private SharedPrompts() {}

    /**
     * Returns counts of people and days with a shared prompt, which add up: a person and day may have several rows. {@code personDays}
     * must hold whole weeks from their Monday on.
     */
    static Dataset<Row> of(Dataset<Row> personDays) {
        SparkSession spark = personDays.sparkSession();
        int tasks = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
        JavaRDD<InternalRow> counts = InnerRows.of(personDays
                        .select(
                                PersonDays.PERSON_ID.col(),
                                PersonDays.EVENT_DATE.col(),
                                PersonDays.PROMPT_SAMPLE_HASHES.col())
                        .where(size(PersonDays.PROMPT_SAMPLE_HASHES.col()).gt(0)))
                .mapPartitionsToPair(SentPromptsIterator::new)
                .groupByKey(new HashPartitioner(tasks))
                .flatMap(part ->
                        counts(SentPromptsIterator.monday(part._1()), part._2()).iterator());
        return InnerRows.dataset(spark, counts.rdd(), SCHEMA);
    }

    /** Returns the counts of one part of the prompts of the week that begins on {@code monday}. */
    private static List<InternalRow> counts(int monday, Iterable<SentPrompts> sent) {
        Map<UTF8String, Integer> numbers = new HashMap<>();
        List<UTF8String> people = new ArrayList<>();
        LongIds prompts = new LongIds();
        int[] senders = new int[1024];
        for (SentPrompts block : sent) {
            for (int run = 0; run < block.runs(); run++) {
                int person = numbers.computeIfAbsent(block.person(run), name -> {
                    people.add(name);
                    return people.size() - 1;
                });
                for (int i = block.start(run); i < block.start(run + 1); i++) {
                    int known = prompts.size();
                    int prompt = prompts.idOf(block.prompt(i));
                    if (prompt == senders.length) {
                        senders = Arrays.copyOf(senders, 2 * prompt);
                    }
                    if (prompt == known) {
                        senders[prompt] = person;
                    } else if (senders[prompt] != person) {
                        senders[prompt] = MANY;
                    }
                }
            }
        }
        // a day's sources may have sampled the same prompt: it counts once
        LongIds seen = new LongIds();
        long personDays = 7L * people.size();
        long[] counts = new long[7 * people.size()];
        for (SentPrompts block : sent) {
            for (int run = 0; run < block.runs(); run++) {
                int personDay = 7 * numbers.get(block.person(run)) + block.day(run) - monday;
                for (int i = block.start(run); i < block.start(run + 1); i++) {
                    int prompt = prompts.idOf(block.prompt(i));
                    if (senders[prompt] == MANY) {
                        int known = seen.size();
                        counts[personDay] += seen.idOf(prompt * personDays + personDay) == known ? 1 : 0;
                    }
                }
            }
        }
        List<InternalRow> rows = new ArrayList<>();
        for (int personDay = 0; personDay < counts.length; personDay++) {
            if (counts[personDay] > 0) {
                rows.add(new GenericInternalRow(
                        new Object[] {people.get(personDay / 7), monday + personDay % 7, counts[personDay]}));
            }
        }
        return rows;
    }
}
