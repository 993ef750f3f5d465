package io.goodhart.simulation;

import java.util.List;

/** What people are employed for: how common it is and what it brings forth on a working day. */
enum Role {
    BACKEND("backend", 0.26, true, 2.0, 0.55, 0.10, 0.30, 0.20, 0.01, 0.03),
    FRONTEND("frontend", 0.18, true, 1.8, 0.50, 0.08, 0.30, 0.12, 0.00, 0.03),
    MOBILE("mobile", 0.10, true, 1.6, 0.40, 0.08, 0.25, 0.05, 0.00, 0.03),
    SRE("sre", 0.10, true, 1.2, 0.32, 0.15, 0.35, 0.60, 0.10, 0.06),
    DATA("data", 0.10, true, 1.3, 0.35, 0.10, 0.25, 0.25, 0.01, 0.10),
    ML("ml", 0.08, true, 1.2, 0.30, 0.10, 0.20, 0.15, 0.00, 0.12),
    PRODUCT("product", 0.09, false, 0.0, 0.00, 0.05, 0.60, 0.00, 0.00, 0.35),
    MANAGER("manager", 0.05, false, 0.1, 0.02, 0.45, 0.35, 0.00, 0.01, 0.20),
    WRITER("writer", 0.04, false, 0.2, 0.05, 0.25, 0.15, 0.00, 0.00, 0.55);

    static final List<Role> ALL = List.of(values());

    final String id;
    final double share;
    final boolean engineer;

    /** Outcomes a working day: commits, merges, reviews besides those that teammates ask for, and so on. */
    final double commits;

    final double merges;
    final double reviews;
    final double issues;
    final double deployments;
    final double incidents;
    final double documents;

    Role(
            String id,
            double share,
            boolean engineer,
            double commits,
            double merges,
            double reviews,
            double issues,
            double deployments,
            double incidents,
            double documents) {
        this.id = id;
        this.share = share;
        this.engineer = engineer;
        this.commits = commits;
        this.merges = merges;
        this.reviews = reviews;
        this.issues = issues;
        this.deployments = deployments;
        this.incidents = incidents;
        this.documents = documents;
    }

    /** Returns a role, as common as it is; engineers only where {@code engineers}. */
    static Role drawn(Draw draw, boolean engineers) {
        return ALL.get(draw.weighted(ALL.stream()
                .map(role -> engineers && !role.engineer ? 0 : role.share)
                .toList()));
    }
}
