/** The command line: reads arguments, calls a job, prints its report, and turns a failure into an exit code. */
package io.goodhart.cli;
