package io.goodhart.isolation.spark;

import io.goodhart.isolation.RowKey;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The hash that names a row without a key, compiled into Spark's stage. */
final class RowHash extends FeatureExpression {
    /** The name of the column that holds it. */
    static final String COLUMN = "__isolation_hash";

    private static final long serialVersionUID = 1L;

    /** Public for Spark's generated code, which calls it. */
    public static final class Function implements FeatureFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public Object boxedOf(double[] values) {
            return ofValues(values);
        }

        public long ofValues(double[] values) {
            return RowKey.of(values);
        }

        public long ofColumn(Object features) {
            return ofValues(FeatureValues.of(features));
        }
    }

    private RowHash(List<Expression> features, boolean together, FeatureFunction function) {
        super(features, together, function);
    }

    /** Returns the hash of what {@code stage} reads, as {@link #COLUMN}. */
    static Column of(IsolationForestParams stage) {
        boolean together = stage.getFeaturesCols().length == 0;
        return ExpressionUtils.column(new RowHash(expressions(FeatureColumns.of(stage)), together, new Function()))
                .as(COLUMN);
    }

    @Override
    Expression of(List<Expression> children, boolean together, FeatureFunction function) {
        return new RowHash(children, together, function);
    }

    @Override
    public DataType dataType() {
        return DataTypes.LongType;
    }

    @Override
    public String prettyName() {
        return "row_hash";
    }
}
