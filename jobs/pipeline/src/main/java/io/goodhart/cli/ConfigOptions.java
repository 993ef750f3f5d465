package io.goodhart.cli;

import io.goodhart.session.Settings;
import io.goodhart.session.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where settings come from: {@code --set} over {@code --config} over the defaults. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "settings, as YAML; `goodhart settings` lists them")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting, over the file; may be repeated; an entry of a map is KEY.ENTRY=VALUE")
    private List<String> flags = new ArrayList<>();

    /** Returns the settings, or throws with every problem that they have. */
    Settings settings() {
        return SettingsReader.read(Optional.ofNullable(config), flags);
    }
}
