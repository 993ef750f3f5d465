/** The tables that Goodhart writes, in Iceberg: read, replaced by day, and published so that a reader sees a whole night or the one before. */
package io.goodhart.warehouse;
