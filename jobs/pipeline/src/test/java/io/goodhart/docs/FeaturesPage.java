package io.goodhart.docs;

import static io.goodhart.docs.GeneratedPage.cell;
import static java.util.stream.Collectors.joining;

import io.goodhart.features.Feature;
import io.goodhart.features.Feature.Family;
import io.goodhart.features.FeatureSet;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Locale;

/** {@code docs/features.md}: every feature as it is declared, in the order of the model's vector within its family. */
final class FeaturesPage {
    private static final String HEAD = """
            # Features

            Generated from `io.goodhart.features.FeatureSet`; do not edit. `mvn verify -Ddocs.write=true` rewrites it.

            A feature is computed from one person's window of days. It is compared with the median of role peers, on its own scale, and only
            the side that gaming pushes it to counts: an extreme on the other side is 0. *When absent* is the value where the totals that a
            feature needs are not told; it stands on the honest side. *Credited* is a value that counts some honest requests, outcomes or tokens
            beside the real ones, so that few prove little: the real one is at least as high, and reasons say so. Unusual is not guilty.
            """;

    private FeaturesPage() {}

    static String text() {
        return HEAD + Arrays.stream(Family.values()).map(FeaturesPage::section).collect(joining());
    }

    private static String section(Family family) {
        return "\n## " + family.name().charAt(0) + family.name().substring(1).toLowerCase(Locale.ROOT) + "\n\n"
                + "| name | unit | suspicious | meaning | when absent | credited |\n|---|---|---|---|---|---|\n"
                + FeatureSet.DIRECTED.stream()
                        .filter(feature -> feature.family() == family)
                        .map(FeaturesPage::line)
                        .collect(joining());
    }

    private static String line(Feature feature) {
        return "| " + feature.name() + " | " + feature.unit().words() + " | "
                + feature.suspicious().name().toLowerCase(Locale.ROOT) + " | " + cell(feature.meaning()) + " | "
                + NumberFormat.getNumberInstance(Locale.ENGLISH).format(feature.whenAbsent()) + " | "
                + (feature.credited() ? "yes" : "") + " |\n";
    }
}
