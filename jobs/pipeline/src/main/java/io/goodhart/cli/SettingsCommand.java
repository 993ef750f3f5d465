package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.goodhart.session.SettingTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every setting with its value, its default and what it means. */
@Command(name = "settings", description = "Print every setting: its value, its default, what it means.")
final class SettingsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SettingTable.Line> lines = SettingTable.of(config.settings());
        PrintWriter out = spec.commandLine().getOut();
        out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                lines,
                List.of(
                        column("setting").with(SettingTable.Line::name),
                        column("value").with(SettingTable.Line::value),
                        column("default").with(SettingTable.Line::byDefault),
                        column("meaning").with(SettingTable.Line::meaning))));
        out.flush();
        return 0;
    }

    private static Column column(String header) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(100);
    }
}
