/**
 * The isolation forest as a Spark ML {@code Estimator} and {@code Model}: knows vectors and columns, nothing of Goodhart.
 */
package io.goodhart.isolation.spark;
