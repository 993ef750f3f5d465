package io.goodhart.jobs;

import io.goodhart.tables.Absences;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.warehouse.input.CheckedInput;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The input tables that are read whole. */
record Dimensions(
        Dataset<Row> people,
        Dataset<Row> absences,
        Dataset<Row> policyEvents,
        Dataset<Row> declaredWorkloads,
        Dataset<Row> dispositions,
        Dataset<Row> modelPrices) {

    static Dimensions of(CheckedInput checked) {
        return new Dimensions(
                checked.dimension(People.CONTRACT).rows(),
                checked.dimension(Absences.CONTRACT).rows(),
                checked.dimension(PolicyEvents.CONTRACT).rows(),
                checked.dimension(DeclaredWorkloads.CONTRACT).rows(),
                checked.dimension(Dispositions.CONTRACT).rows(),
                checked.dimension(ModelPrices.CONTRACT).rows());
    }
}
