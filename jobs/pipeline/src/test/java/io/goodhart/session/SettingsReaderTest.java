package io.goodhart.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsReaderTest {
    @TempDir
    private Path folder;

    @Test
    void everySettingHasItsNameAndDefault() {
        assertThat(Settings.defaults().asMap())
                .containsExactly(
                        entry("window_days", "28"),
                        entry("minimum_observed_days", "14"),
                        entry("baseline_days", "56"),
                        entry("history_days", "182"),
                        entry("alert_budget", "0.05"),
                        entry("false_discovery_rate", "0.1"),
                        entry("max_rejected_share", "0.05"),
                        entry("min_group", "5"),
                        entry("model_max_age_days", "28"),
                        entry("training_gap_days", "28"),
                        entry("training_step_days", "7"),
                        entry("minimum_training_windows", "200"),
                        entry("trees", "150"),
                        entry("sample_size", "1024"),
                        entry("seed", "20260531"),
                        entry("lease_seconds", "120"),
                        entry("deadline_seconds", "0"),
                        entry("outcome_weights.commit", "0.2"),
                        entry("outcome_weights.pull_request_opened", "0.0"),
                        entry("outcome_weights.pull_request_merged", "1.0"),
                        entry("outcome_weights.pull_request_closed", "0.0"),
                        entry("outcome_weights.review", "0.3"),
                        entry("outcome_weights.issue_closed", "0.5"),
                        entry("outcome_weights.deployment", "0.5"),
                        entry("outcome_weights.incident_resolved", "1.0"),
                        entry("outcome_weights.document_published", "1.0"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OUTCOME_WEIGHTS", "CATALOG", "SPARK"})
    void everySettingThatIsNoMapReadsItsOwnValueAndLeavesTheOthers(Setting setting) {
        String another = setting.byDefault() instanceof Long number ? String.valueOf(number + 1) : "0.5";

        Settings settings = SettingsReader.read(Optional.empty(), List.of(setting.key() + "=" + another));

        for (Setting each : Setting.values()) {
            assertThat(each.of(settings))
                    .as(each.key())
                    .hasToString(each == setting ? another : String.valueOf(each.byDefault()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySettingSaysWhatItMeans(Setting setting) {
        assertThat(setting.meaning()).isNotBlank();
    }

    @Test
    void aFlagStandsOverTheFileAndTheFileOverTheDefault() throws IOException {
        Settings settings =
                read("trees: 50\nseed: 7\noutcome_weights: {review: 0.4}\n", "trees=60", "outcome_weights.commit=1");

        assertThat(settings.forest()).isEqualTo(new Settings.Forest(60, 1024, 7));
        assertThat(settings.outcomeWeights())
                .containsEntry("review", 0.4)
                .containsEntry("commit", 1.0)
                .containsEntry("pull_request_merged", 1.0);
    }

    @Test
    void entriesOfMapsArePassedOnWhole() throws IOException {
        Settings settings =
                read("catalog: {type: rest, uri: 'https://iceberg'}\n", "spark.spark.sql.shuffle.partitions=4");

        assertThat(settings.catalog()).containsEntry("type", "rest").containsEntry("uri", "https://iceberg");
        assertThat(settings.spark()).containsEntry("spark.sql.shuffle.partitions", "4");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read(
                        "tree: 50\nalert_budget: 5\nwindow_days: many\noutcome_weights: {coffee: 1}\nspark: 3\n",
                        "min_group=0",
                        "seed"))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("tree: no such setting")
                .hasMessageContaining("alert_budget: must be a number from 0 to 1, not 5")
                .hasMessageContaining("window_days: must be a whole number from 7 to 366, not many")
                .hasMessageContaining("coffee: 1")
                .hasMessageContaining("spark: must be a map of names to texts, not 3")
                .hasMessageContaining("min_group: must be a whole number from 1 to 10000, not 0")
                .hasMessageContaining("--set seed: must be key=value")
                .satisfies(failure ->
                        assertThat(((InvalidSettings) failure).exitCode()).isEqualTo(ExitCode.ARGUMENTS));
    }

    @Test
    void settingsMayNotContradictEachOther() {
        assertThatThrownBy(() -> read("", "window_days=10"))
                .hasMessageContaining("minimum_observed_days (14) must not be more than window_days (10)");
    }

    @Test
    void aFileThatIsNotThereOrIsNotYamlIsAProblem() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(folder.resolve("none.yaml")), List.of()))
                .hasMessageContaining("none.yaml: cannot be read");
        assertThatThrownBy(() -> read("trees: [1\n")).hasMessageContaining("is not YAML");
        assertThatThrownBy(() -> read("seed: 1\ntrees: 10\ntrees: 20\n"))
                .hasMessageContaining("is not YAML: found duplicate key trees in line 3");
        assertThatThrownBy(() -> read("- trees\n")).hasMessageContaining("must be a map of settings");
        assertThatThrownBy(() -> read("password hush\n"))
                .hasMessageContaining("must be a map of settings")
                .hasMessageNotContaining("hush");
    }

    @Test
    void whatLooksLikeASecretIsNotTold() throws IOException {
        Settings settings = read("""
                catalog:
                  type: jdbc
                  jdbc.password: hush
                  uri: jdbc:postgresql://me:hush@host/db?user=me&password=hush&ssl=true
                  token: hush
                  adls.sas-token.lake: hush
                  header.Authorization: Bearer hush
                  header.X-Api-Key: hush
                spark:
                  spark.hadoop.fs.azure.account.key.lake.dfs.core.windows.net: hush
                  spark.hadoop.fs.azure.sas.fixed.token.lake.dfs.core.windows.net: hush
                  spark.hadoop.fs.azure.account.auth.type: SharedKey
                  spark.max_tokens_x: 7
                  spark.tokenization: plain
                """);

        assertThat(settings.asMap().toString()).doesNotContain("hush");
        assertThat(settings.asMap())
                .contains(
                        entry("catalog.header.Authorization", "(not told)"),
                        entry(
                                "catalog.uri",
                                "jdbc:postgresql://(not told)@host/db?user=me&password=(not told)&ssl=true"),
                        entry("spark.spark.hadoop.fs.azure.account.auth.type", "SharedKey"),
                        entry("spark.spark.max_tokens_x", "7"),
                        entry("spark.spark.tokenization", "plain"));
        assertThat(settings.catalog()).containsEntry("jdbc.password", "hush");
    }

    private Settings read(String yaml, String... flags) throws IOException {
        Path file = Files.writeString(folder.resolve("goodhart.yaml"), yaml);
        return SettingsReader.read(Optional.of(file), List.of(flags));
    }

    private static java.util.Map.Entry<String, String> entry(String name, String value) {
        return java.util.Map.entry(name, value);
    }
}
