/** What a night does, step by step: the data flow is the method body. Knows no arguments and prints nothing but progress. */
package io.goodhart.jobs;
