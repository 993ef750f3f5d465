package io.goodhart.isolation.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RangeMargin;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationClusteringTest {
    @TempDir
    private Path folder;

    /** 2,000 plain rows of three features; 60 rows strange in one of three ways. */
    private static Dataset<Row> rows() {
        return LocalSpark.session()
                .range(2000)
                .withColumn("way", functions.expr("if(id < 60, id % 3, -1)"))
                .withColumn("a", functions.expr("if(way = 0, 40.0, 0.0) + randn(1)"))
                .withColumn("b", functions.expr("if(way = 1, 40.0, 0.0) + randn(2)"))
                .withColumn("c", functions.expr("if(way = 2, -40.0, 0.0) + randn(3)"));
    }

    private static IsolationClustering clustering() {
        return new IsolationClustering()
                .setFeaturesCols("a", "b", "c")
                .setKeyCol("id")
                .setContamination(0.03)
                .setNumClusters(3)
                .setSeed(4);
    }

    @Test
    void strangeRowsShareAClusterWhenTheyAreStrangeForOneReason() {
        IsolationClusteringModel model = clustering().fit(rows().repartition(3));
        Dataset<Row> clustered = model.transform(rows());
        assertThat(clustered.columns())
                .containsExactly(
                        "id", "way", "a", "b", "c", "score", "prediction", "contributions", "sides", "cluster");
        assertThat(clustered.where("prediction = 1.0").count()).isEqualTo(60);
        List<Row> groups =
                clustered.where("way >= 0").select("way", "cluster").distinct().collectAsList();
        Set<Integer> clusters = new HashSet<>();
        groups.forEach(row -> clusters.add(row.getInt(1)));
        assertThat(groups).hasSize(3);
        assertThat(clusters).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(clustered
                        .where("prediction = 0.0 and (cluster <> -1 or contributions is not null)")
                        .count())
                .isZero();
        assertThat(clustered
                        .where("way = 2")
                        .select("sides")
                        .head()
                        .<String>getList(0)
                        .get(2))
                .isEqualTo("too_low");
    }

    /** Two trees tell few scores apart: more rows share the last one than there is room for. */
    @Test
    void whichOfTheStrangestAreTakenHangsOnNoPartitioning() {
        Dataset<Row> rows = LocalSpark.session()
                .range(0, 12_000, 1, 1)
                .select(
                        functions.col("id"),
                        functions.randn(1).as("a"),
                        functions.randn(2).as("b"),
                        functions.randn(3).as("c"));
        IsolationClustering clustering =
                clustering().setNumTrees(2).setSampleSize(32).setContamination(0.5);
        List<double[]> centres = clustering.fit(rows).clusters().centres();
        assertThat(clustering
                        .fit(rows.repartition(7, functions.col("id")))
                        .clusters()
                        .centres())
                .usingRecursiveComparison()
                .isEqualTo(centres);
    }

    @Test
    void savingThenLoadingIsIdentity() throws Exception {
        IsolationClusteringModel model = clustering().fit(rows());
        String path = folder.resolve("clustering").toString();
        model.write().overwrite().save(path);
        IsolationClusteringModel loaded = IsolationClusteringModel.load(path);
        assertThat(loaded.transform(rows()).orderBy("id").collectAsList())
                .isEqualTo(model.transform(rows()).orderBy("id").collectAsList());
        clustering().write().overwrite().save(folder.resolve("estimator").toString());
        assertThat(IsolationClustering.load(folder.resolve("estimator").toString())
                        .getNumClusters())
                .isEqualTo(3);
    }

    @Test
    void whatIsSetOnAForestIsSetOnAClusteringByTheSameName() {
        assertThat(setters(IsolationClustering.class)).containsAll(setters(IsolationForestEstimator.class));
        assertThat(clustering().setRangeMargin(0.5).setHeightLimit(30).settings())
                .isEqualTo(IsolationForestSettings.defaults()
                        .withSeed(4)
                        .withMargin(RangeMargin.of(0.5))
                        .withHeightLimit(30));
    }

    private static Set<String> setters(Class<?> stage) {
        return Arrays.stream(stage.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .collect(Collectors.toSet());
    }

    @Test
    void withoutContaminationThereIsNothingToCluster() {
        assertThatThrownBy(() -> clustering().setContamination(0).fit(rows()))
                .hasMessage(
                        "contamination is 0: no row is strange, and there is nothing to cluster. Set it to the share of strange rows.");
    }
}
