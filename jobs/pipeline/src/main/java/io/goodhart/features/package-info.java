/**
 * From {@code person_days} to {@code person_windows}: totals over a window, features as small declarations, and their directed distance
 * from role peers. Imports rows, tables, session and failures alone.
 */
package io.goodhart.features;
