package io.goodhart.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The settings as a table to print: name, value, default, meaning. */
public final class SettingTable {
    private SettingTable() {}

    /** One line; an entry of a map has a line of its own. */
    public record Line(String name, String value, String byDefault, String meaning) {}

    /** Returns a line for every setting, and for a map one for each entry. */
    public static List<Line> of(Settings settings) {
        Map<String, String> values = settings.asMap();
        Map<String, String> defaults = Settings.defaults().asMap();
        List<Line> lines = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (!(setting.of(settings) instanceof Map<?, ?> entries)) {
                lines.add(new Line(
                        setting.key(), values.get(setting.key()), defaults.get(setting.key()), meaningOf(setting)));
            } else if (entries.isEmpty()) {
                lines.add(new Line(setting.key(), "{}", "{}", meaningOf(setting)));
            } else {
                values.keySet().stream()
                        .filter(name -> name.startsWith(setting.key() + "."))
                        .map(name ->
                                new Line(name, values.get(name), defaults.getOrDefault(name, ""), meaningOf(setting)))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private static String meaningOf(Setting setting) {
        return setting.meaning() + (setting.kind() instanceof Kind.Texts ? "" : "; " + rangeOf(setting));
    }

    private static String rangeOf(Setting setting) {
        return setting.kind() instanceof Kind.Weights
                ? "from 0 to 1000"
                : setting.kind().expected();
    }
}
