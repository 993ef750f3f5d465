package io.goodhart.simulation;

/** One side effect of an agent. */
record Action(
        long micros,
        Tool tool,
        String session,
        String action,
        String approval,
        String environment,
        boolean succeeded,
        boolean rolledBack) {}
