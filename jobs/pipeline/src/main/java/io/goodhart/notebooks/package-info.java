/** Renders exported notebooks, SQL and prose, as pages to read. Imports failures only. */
package io.goodhart.notebooks;
