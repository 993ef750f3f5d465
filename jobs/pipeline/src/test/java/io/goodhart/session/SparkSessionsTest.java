package io.goodhart.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.InvalidSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark is told, on this machine and on a cluster. {@code spark-submit} hands its settings over as system properties. */
class SparkSessionsTest {
    private static final String MASTER = "spark.master";
    private static final String SHARED = "s3a://company/goodhart";

    @AfterEach
    void forget() {
        System.clearProperty(MASTER);
    }

    @Test
    void withoutAWordAboutAMasterItIsThisMachineOnLoopback() {
        SparkConf conf = conf(List.of(), Optional.empty());
        assertThat(conf.get(MASTER)).isEqualTo("local[*]");
        assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
        assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
        assertThat(conf.get("spark.hadoop.fs.file.impl")).isEqualTo(ForklessFileSystem.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn", "k8s://https://kubernetes.default.svc", "spark://master:7077"})
    void theMasterOfSparkSubmitStaysAndNothingIsBoundToThisMachine(String master) {
        System.setProperty(MASTER, master);
        SparkConf conf = conf(List.of(), Optional.empty());
        assertThat(conf.get(MASTER)).isEqualTo(master);
        assertThat(conf.contains("spark.driver.host")).isFalse();
        assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
        assertThat(conf.contains("spark.sql.shuffle.partitions")).isFalse();
        assertThat(conf.contains("spark.hadoop.fs.file.impl")).isFalse();
    }

    @Test
    void anArgumentStandsOverTheSettingsAndTheseOverSparkSubmit() {
        System.setProperty(MASTER, "yarn");
        List<String> flags = List.of("spark.spark.master=spark://settings:7077");
        assertThat(conf(flags, Optional.empty()).get(MASTER)).isEqualTo("spark://settings:7077");
        assertThat(conf(flags, Optional.of("local[3]")).get(MASTER)).isEqualTo("local[3]");
    }

    @Test
    void aCatalogOfTheSettingsIsHandedOverAsItIsAndNoFolderIsMade() {
        Map<String, String> properties =
                Map.of("type", "rest", "uri", "https://catalog.example.com", "warehouse", SHARED);
        Map<String, String> told = IcebergCatalog.settings("goodhart", "/nowhere/warehouse", properties);
        assertThat(told)
                .containsEntry("spark.sql.catalog.goodhart.type", "rest")
                .containsEntry("spark.sql.catalog.goodhart.uri", "https://catalog.example.com")
                .containsEntry("spark.sql.catalog.goodhart.warehouse", SHARED);
        assertThat(told.values()).noneMatch(value -> value.contains("/nowhere") || value.contains("sqlite"));
    }

    @ParameterizedTest
    @CsvSource({
        "type, hadoop",
        "type, Hadoop",
        "Type, HADOOP",
        "catalog-impl, org.apache.iceberg.hadoop.HadoopCatalog",
        "Catalog-Impl, org.apache.iceberg.hadoop.HadoopCatalog"
    })
    void theHadoopCatalogIsRefusedHoweverItIsWritten(String property, String value) {
        Map<String, String> properties = Map.of(property, value);
        assertThatThrownBy(() -> IcebergCatalog.settings("goodhart", "/nowhere/warehouse", properties))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("the Hadoop catalog can lose a commit; use REST, Glue, Hive or JDBC");
    }

    private static SparkConf conf(List<String> flags, Optional<String> master) {
        return SparkSessions.conf(SettingsReader.read(Optional.empty(), flags), Map.of(), master);
    }
}
