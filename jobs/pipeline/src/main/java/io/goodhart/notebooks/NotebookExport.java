package io.goodhart.notebooks;

import io.goodhart.failures.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs a notebook in source form and writes its page beside it. */
public final class NotebookExport {
    private NotebookExport() {}

    /**
     * Writes the page of {@code source}, next to it unless told otherwise, and returns where it is.
     *
     * @param parameters by name; those not given have the notebook's defaults
     * @throws io.goodhart.failures.Failure.InvalidSettings where {@code source} is no notebook
     * @throws io.goodhart.failures.Failure.StorageFailed where it cannot be read or the page not be written
     */
    public static Path refresh(SparkSession spark, Path source, Path target, Map<String, String> parameters) {
        try {
            Notebook notebook = Notebook.parse(source.toString(), Files.readString(source, StandardCharsets.UTF_8));
            String page = NotebookPage.render(spark, title(source), notebook, parameters);
            return Files.writeString(target, page, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw Messages.storage("cannot render " + source + " to " + target, failed);
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
