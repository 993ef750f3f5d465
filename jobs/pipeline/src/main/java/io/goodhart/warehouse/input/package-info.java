/**
 * The way in: lists the Parquet files that collectors leave, checks their footers before Spark reads a row, labels every row with its
 * fate and compares sources with their own past. Nothing here writes.
 */
package io.goodhart.warehouse.input;
