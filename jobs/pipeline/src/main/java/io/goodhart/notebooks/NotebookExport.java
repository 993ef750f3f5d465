package io.goodhart.notebooks;

import io.goodhart.failures.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Runs a notebook in source form and writes its page beside it. */
public final class NotebookExport {
    private NotebookExport() {}

    /**
     * Writes the page of {@code source} to {@code target}, and returns where it is.
     *
     * @param scratch name of a scratch area whose tables take the place of production's; empty: production
     * @param parameters by name; those not given have the notebook's defaults
     * @throws io.goodhart.failures.Failure.InvalidSettings where {@code source} is not there, no notebook, or holds a query that Spark refuses
     * @throws io.goodhart.failures.Failure.StorageFailed where it cannot be read or the page not be written
     */
    public static Path refresh(
            SparkSession spark, Path source, Path target, Optional<String> scratch, Map<String, String> parameters) {
        Notebook production = read(source);
        Notebook notebook = scratch.map(production::over).orElse(production);
        String page = NotebookPage.render(spark, title(source), notebook, parameters);
        try {
            return Files.writeString(target, page, StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw Messages.cannotExport(target.toString(), refused);
        }
    }

    private static Notebook read(Path source) {
        try {
            return Notebook.parse(source.toString(), Files.readString(source, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            throw Messages.noNotebook(source.toString());
        } catch (IOException unreadable) {
            throw Messages.storage("cannot read " + source, unreadable);
        }
    }

    /** Returns the page's place beside its source: {@code morning_review.sql} becomes {@code morning_review.html}. */
    public static Path besides(Path source) {
        return source.resolveSibling(source.getFileName().toString().replaceFirst("\\.sql$", "") + ".html");
    }

    private static String title(Path source) {
        String words =
                source.getFileName().toString().replaceFirst("\\.sql$", "").replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
