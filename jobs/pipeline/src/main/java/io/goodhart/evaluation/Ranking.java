package io.goodhart.evaluation;

/**
 * An order of people.
 *
 * @param name as it is printed
 * @param column whose value is the higher, the stranger
 */
record Ranking(String name, String column) {}
