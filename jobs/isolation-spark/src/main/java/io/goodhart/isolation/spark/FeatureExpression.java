package io.goodhart.isolation.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.classic.ExpressionUtils;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A function of a row's features as an expression of Spark: it is compiled into the stage that reads the columns, so that a
 * row's doubles go from the column batch to the function unboxed, and columns that nobody asks for are still never read.
 *
 * <p>Children: one Vector or array column, or one double column a feature, null for missing.
 */
abstract class FeatureExpression extends Expression implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Expression> features;
    private final boolean together;
    private final FeatureFunction function;

    FeatureExpression(List<Expression> features, boolean together, FeatureFunction function) {
        this.features = List.copyOf(features);
        this.together = together;
        this.function = function;
    }

    /** Returns the same expression of other children. */
    abstract Expression of(List<Expression> children, boolean ofTogether, FeatureFunction ofFunction);

    static List<Expression> expressions(Column[] columns) {
        return List.of(columns).stream().map(ExpressionUtils::expression).toList();
    }

    @Override
    public Object eval(InternalRow input) {
        if (together) {
            return function.boxedOf(FeatureValues.of(features.get(0).eval(input)));
        }
        double[] values = new double[features.size()];
        for (int feature = 0; feature < values.length; feature++) {
            Object value = features.get(feature).eval(input);
            values[feature] = value == null ? Double.NaN : (double) value;
        }
        return function.boxedOf(values);
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode result) {
        String reference = context.addReferenceObj(
                "function", function, function.getClass().getName());
        StringBuilder code = new StringBuilder();
        String argument;
        if (together) {
            ExprCode child = features.get(0).genCode(context);
            code.append(child.code());
            argument = "ofColumn(%s ? null : %s)".formatted(child.isNull(), child.value());
        } else {
            String values = context.addMutableState(
                    "double[]",
                    "features",
                    name -> "%s = new double[%d];".formatted(name, features.size()),
                    true,
                    true);
            for (int feature = 0; feature < features.size(); feature++) {
                ExprCode child = features.get(feature).genCode(context);
                code.append(child.code())
                        .append("%n%s[%d] = %s ? Double.NaN : %s;%n"
                                .formatted(values, feature, child.isNull(), child.value()));
            }
            argument = "ofValues(%s)".formatted(values);
        }
        code.append("%n%s %s = %s.%s;%n"
                .formatted(
                        dataType().catalogString().equals("bigint") ? "long" : "double",
                        result.value(),
                        reference,
                        argument));
        return result.copy(block(code.toString()), FalseLiteral$.MODULE$, result.value());
    }

    private static CodeBlock block(String code) {
        Seq<String> parts = CollectionConverters.asScala(List.of(code)).toSeq();
        Seq<JavaCode> inputs = CollectionConverters.asScala(List.<JavaCode>of()).toSeq();
        return new CodeBlock(parts, inputs);
    }

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public Seq<Expression> children() {
        return CollectionConverters.asScala(features).toSeq();
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return of(CollectionConverters.asJava(children), together, function);
    }

    @Override
    public int productArity() {
        return 1;
    }

    @Override
    public Object productElement(int index) {
        return children();
    }

    @Override
    public boolean canEqual(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public boolean equals(Object other) {
        return canEqual(other)
                && other instanceof FeatureExpression expression
                && features.equals(expression.features)
                && together == expression.together
                && function == expression.function;
    }

    @Override
    public int hashCode() {
        return 31 * features.hashCode() + System.identityHashCode(function);
    }
}
