package io.goodhart.notebooks;

import io.goodhart.failures.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A notebook in the source form that notebook services import: a first line that says so, cells between separators, prose behind
 * {@code -- MAGIC %md}, and widgets that declare its parameters.
 *
 * @param defaults value of each parameter unless told otherwise, by name
 * @param cells prose and queries, in order
 */
public record Notebook(Map<String, String> defaults, List<Cell> cells) {
    private static final String FIRST_LINE = "-- Databricks notebook source";
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^-- COMMAND -+\\s*$");
    private static final Pattern MAGIC = Pattern.compile("^-- MAGIC ?");
    private static final Pattern PROSE = Pattern.compile("^%md\\s*");

    /** Where the warehouse's tables are, in any way of writing it. */
    private static final Pattern NAMESPACE =
            Pattern.compile("(?i)(?<![\\w.`])(`?goodhart`?\\s*\\.\\s*`?)(restricted|open)\\b");

    private static final Pattern WIDGET =
            Pattern.compile("(?is)^create\\s+widget\\s+text\\s+(\\w+)\\s+default\\s+['\"]([^'\"]*)['\"]\\s*;?$");

    /** One cell. */
    public sealed interface Cell permits Prose, Query {}

    /** Markdown. */
    public record Prose(String markdown) implements Cell {}

    /** One SQL query, with parameters as {@code :name}. */
    public record Query(String sql) implements Cell {}

    public Notebook {
        defaults = Map.copyOf(defaults);
        cells = List.copyOf(cells);
    }

    /**
     * Reads a notebook.
     *
     * @param name the file, for messages
     * @throws io.goodhart.failures.Failure.InvalidSettings where {@code source} is not a notebook in source form
     */
    public static Notebook parse(String name, String source) {
        if (!source.startsWith(FIRST_LINE)) {
            throw Messages.notANotebook(name, FIRST_LINE);
        }
        Map<String, String> defaults = new LinkedHashMap<>();
        List<Cell> cells = new ArrayList<>();
        for (String part :
                SEPARATOR.splitAsStream(source.substring(FIRST_LINE.length())).toList()) {
            String text = part.strip();
            Matcher widget = WIDGET.matcher(text);
            if (widget.matches()) {
                defaults.put(widget.group(1), widget.group(2));
            } else if (text.startsWith("-- MAGIC")) {
                cells.add(new Prose(prose(text)));
            } else if (!text.isEmpty()) {
                cells.add(new Query(text.endsWith(";") ? text.substring(0, text.length() - 1) : text));
            }
        }
        return new Notebook(defaults, cells);
    }

    /** Returns the same notebook over the tables of a scratch area beside production. */
    Notebook over(String scratch) {
        return new Notebook(
                defaults,
                cells.stream()
                        .map(cell -> cell instanceof Query query ? new Query(over(scratch, query.sql())) : cell)
                        .toList());
    }

    private static String over(String scratch, String sql) {
        return NAMESPACE.matcher(sql).replaceAll("$1" + scratch + "_$2");
    }

    private static String prose(String text) {
        String lines =
                text.lines().map(line -> MAGIC.matcher(line).replaceFirst("")).collect(Collectors.joining("\n"));
        return PROSE.matcher(lines).replaceFirst("");
    }
}
