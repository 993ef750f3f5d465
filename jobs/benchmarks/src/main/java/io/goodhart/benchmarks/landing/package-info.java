/** The landing beside DuckDB doing equal work, over a made-up history of many events. */
package io.goodhart.benchmarks.landing;
