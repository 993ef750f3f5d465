/** From checked events to {@code person_days}: one scan, folded a person's day at a time. Imports rows, tables, session and failures alone. */
package io.goodhart.landing;
