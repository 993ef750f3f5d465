/**
 * Rows of a task in primitive arrays: what the reader of events fills and the landing folds, so that no row is an object. Imports none of
 * ours.
 */
package io.goodhart.rows;
