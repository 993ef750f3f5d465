/** From checked events to {@code person_days}: one scan, folded a person's day at a time. Imports tables alone. */
package io.goodhart.landing;
