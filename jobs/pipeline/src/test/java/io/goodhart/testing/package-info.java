/** What every test of the pipeline stands on: one session, rows derived from contracts, input folders as collectors leave them. */
package io.goodhart.testing;
