package io.goodhart.warehouse;

import static org.apache.spark.sql.functions.udf;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** People who are named on the driver, to be sought among rows. */
public final class NamedPeople {
    private NamedPeople() {}

    /**
     * Returns whether {@code person} is one of {@code ids}; false for null. In place of {@code isin}: its values stand in plans, and plans in
     * event logs, which more people may read than may read of people.
     */
    public static Column among(Collection<String> ids, Column person) {
        Set<String> named = new TreeSet<>(ids);
        UDF1<String, Boolean> isNamed = id -> id != null && named.contains(id);
        return udf(isNamed, DataTypes.BooleanType).apply(person);
    }
}
