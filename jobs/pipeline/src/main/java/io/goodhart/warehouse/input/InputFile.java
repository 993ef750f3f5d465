package io.goodhart.warehouse.input;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One Parquet file of an input table, as it stood when the folder was listed.
 *
 * @param path where it is, with scheme
 * @param name its path below the input root: what messages call it
 * @param day the UTC day of its partition; empty: the table is not partitioned
 * @param bytes its size
 * @param modified its modification time, milliseconds since 1970
 */
record InputFile(String path, String name, Optional<LocalDate> day, long bytes, long modified) {}
