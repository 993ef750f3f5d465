/** The command that looks at the input alone. */
package io.goodhart.jobs.check;
