/** Renders exported notebooks, SQL and prose, as pages to read. May import the warehouse, tables, session and failures. */
package io.goodhart.notebooks;
