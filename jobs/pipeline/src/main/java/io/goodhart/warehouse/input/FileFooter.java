package io.goodhart.warehouse.input;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a file's footer says, against its table's contract. Public because Spark's encoders take no other class; no part of the API.
 *
 * @param table the table
 * @param name the file's path below the input root
 * @param path the file, with scheme
 * @param rows its rows
 * @param columns the contract's columns that it has, in the contract's order; files with equal columns are read together
 * @param extraColumns the columns that it has and the contract has not
 * @param problems what is off contract, each naming file, column, expected and found; empty: the file can be read
 */
public record FileFooter(
        String table,
        String name,
        String path,
        long rows,
        List<FileColumn> columns,
        List<String> extraColumns,
        List<String> problems)
        implements Serializable {
    /** A first load looks at hundred thousands of files, which have columns of a few kinds: each kind is kept once. */
    private static final Map<List<FileColumn>, List<FileColumn>> KINDS = new ConcurrentHashMap<>();

    public FileFooter {
        columns = KINDS.computeIfAbsent(List.copyOf(columns), kind -> kind);
        extraColumns = List.copyOf(extraColumns);
        problems = List.copyOf(problems);
    }
}
