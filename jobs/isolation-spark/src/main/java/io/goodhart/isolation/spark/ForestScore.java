package io.goodhart.isolation.spark;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The score of a row, compiled into Spark's stage. */
final class ForestScore extends FeatureExpression {
    private static final long serialVersionUID = 1L;

    private ForestScore(List<Expression> features, boolean together, FeatureFunction function) {
        super(features, together, function);
    }

    static Column of(Column[] features, boolean together, ScoreFunction function) {
        return ExpressionUtils.column(new ForestScore(expressions(features), together, function));
    }

    @Override
    Expression of(List<Expression> children, boolean together, FeatureFunction function) {
        return new ForestScore(children, together, function);
    }

    @Override
    public DataType dataType() {
        return DataTypes.DoubleType;
    }

    @Override
    public String prettyName() {
        return "isolation_score";
    }
}
