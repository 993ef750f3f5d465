/**
 * From scored windows to findings: how strange is too strange, why, as part of which pattern, and what it wastes. Imports features and
 * tables.
 */
package io.goodhart.findings;
