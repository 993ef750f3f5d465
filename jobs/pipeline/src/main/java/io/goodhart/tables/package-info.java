/** Every table that comes in or goes out, stated once. The only package that names a column by a string. Imports nothing of ours. */
package io.goodhart.tables;
