/** The analyst's desk: what the published tables say of one person, and of two nights. Reads, never writes. */
package io.goodhart.jobs.desk;
