package io.goodhart.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under {@code docs/} that is generated from the code: a stale one fails the build, {@code -Ddocs.write=true} rewrites it. */
public final class GeneratedPage {
    private static final Path DOCS = Path.of("..", "..", "docs");

    private GeneratedPage() {}

    /** Makes sure that {@code docs/name} reads {@code expected}, or makes it so. */
    public static void requireCurrent(String name, String expected) throws IOException {
        Path page = DOCS.resolve(name);
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(DOCS);
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as("run `mvn verify -Ddocs.write=true` to generate docs/" + name)
                .exists();
        assertThat(Files.readString(page))
                .as("docs/" + name + " is stale: run `mvn verify -Ddocs.write=true`")
                .isEqualTo(expected);
    }

    /** Returns {@code text} as it may stand in a cell of a Markdown table. */
    public static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
