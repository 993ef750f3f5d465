package io.goodhart.session;

import io.goodhart.failures.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads settings: a flag over the file over the default. Collects every problem before it gives up. */
public final class SettingsReader {
    private final EnumMap<Setting, Object> values = Setting.defaults();
    private final List<String> problems = new ArrayList<>();

    /**
     * Returns the settings of {@code file}, with {@code flags} ({@code key=value}) over them.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings naming every problem at once
     */
    public static Settings read(Optional<Path> file, List<String> flags) {
        SettingsReader reader = new SettingsReader();
        file.ifPresent(reader::readFile);
        flags.forEach(reader::readFlag);
        if (reader.problems.isEmpty()) {
            reader.requireAgreement();
        }
        if (!reader.problems.isEmpty()) {
            throw Messages.invalidSettings(reader.problems);
        }
        return Settings.of(reader.values);
    }

    private SettingsReader() {}

    private void readFile(Path file) {
        try {
            Object content = load(Files.readString(file));
            if (content instanceof Map<?, ?> entries) {
                entries.forEach((key, value) -> set(file + ": ", String.valueOf(key), value));
            } else if (content != null) {
                // what else it holds may be a secret
                problems.add(file + ": must be a map of settings, a line `key: value` each");
            }
        } catch (YamlEngineException broken) {
            problems.add(file + ": is not YAML: " + reason(broken));
        } catch (IOException unreadable) {
            problems.add(file + ": cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /** What is wrong and where; the first line of the whole message only tells what the parser was about to do. */
    private static String reason(YamlEngineException broken) {
        if (broken instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
            return marked.getProblem()
                    + marked.getProblemMark()
                            .map(mark -> " in line " + (mark.getLine() + 1))
                            .orElse("");
        }
        return broken.getMessage().lines().findFirst().orElse("");
    }

    private void readFlag(String flag) {
        int equals = flag.indexOf('=');
        if (equals < 1) {
            problems.add("--set " + flag + ": must be key=value");
            return;
        }
        String key = flag.substring(0, equals);
        int dot = key.indexOf('.');
        try {
            Object value = load(flag.substring(equals + 1));
            if (dot > 0) {
                set("--set ", key.substring(0, dot), Map.of(key.substring(dot + 1), value == null ? "" : value));
            } else {
                set("--set ", key, value);
            }
        } catch (YamlEngineException broken) {
            problems.add("--set " + flag + ": is not a YAML value");
        }
    }

    private void set(String origin, String key, Object value) {
        Optional<Setting> setting = Setting.called(key);
        if (setting.isEmpty()) {
            problems.add(origin + key + ": no such setting");
            return;
        }
        Kind.Reading reading = setting.get().kind().read(value, values.get(setting.get()));
        reading.value()
                .ifPresentOrElse(
                        read -> values.put(setting.get(), read),
                        () -> problems.add(origin + key + ": " + reading.problem()));
    }

    /** Values that are each in range may still contradict each other. */
    private void requireAgreement() {
        Settings.Windows windows = Settings.of(values).windows();
        if (windows.minimumObservedDays() > windows.windowDays()) {
            problems.add("minimum_observed_days (" + windows.minimumObservedDays()
                    + ") must not be more than window_days (" + windows.windowDays() + ")");
        }
        if (windows.historyDays() < windows.windowDays()) {
            problems.add("history_days (" + windows.historyDays() + ") must not be less than window_days ("
                    + windows.windowDays() + ")");
        }
    }

    private static Object load(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }
}
