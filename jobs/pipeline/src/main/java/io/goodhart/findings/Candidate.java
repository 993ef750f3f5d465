package io.goodhart.findings;

import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A person whose window is strange enough to be a finding. Their number is bounded by the alert budget and by what was declared, so
 * they are on the driver.
 */
record Candidate(
        String personId,
        String teamId,
        String orgId,
        String role,
        double score,
        double pValue,
        long totalTokens,
        BigDecimal costUsdOrNull,
        Double impactOrNull,
        int observedDays,
        int activeDays,
        boolean suppressed,
        Evidence evidence) {

    static Candidate of(Row row) {
        return new Candidate(
                row.getAs(PersonWindows.PERSON_ID.name()),
                row.getAs(PersonWindows.TEAM_ID.name()),
                row.getAs(PersonWindows.ORG_ID.name()),
                row.getAs(PersonWindows.ROLE.name()),
                row.<Double>getAs(UsageScores.SCORE.name()),
                row.<Double>getAs(UsageScores.P_VALUE.name()),
                row.<Long>getAs(PersonWindows.TOTAL_TOKENS.name()),
                row.getAs(PersonWindows.COST_USD.name()),
                row.getAs(PersonWindows.IMPACT.name()),
                row.<Integer>getAs(PersonWindows.OBSERVED_DAYS.name()),
                row.<Integer>getAs(PersonWindows.ACTIVE_DAYS.name()),
                row.<Boolean>getAs(Judgement.SUPPRESSED),
                Evidence.of(
                        row.getList(row.fieldIndex(PersonWindows.FEATURES.name())),
                        row.<Double>getList(row.fieldIndex(Judgement.CONTRIBUTIONS)).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
    }

    static List<Candidate> all(List<Row> rows) {
        return rows.stream().map(Candidate::of).toList();
    }
}
