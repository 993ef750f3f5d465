/** Writes a made-up company with known gaming, in the input contract: what accuracy is measured on. */
package io.goodhart.simulation;
