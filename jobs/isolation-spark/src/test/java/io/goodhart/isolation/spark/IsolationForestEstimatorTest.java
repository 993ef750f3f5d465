package io.goodhart.isolation.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.SavedForest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.serializer.KryoSerializerInstance;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;

class IsolationForestEstimatorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"key", "id", ""})
    void repartitioningAndShufflingChangeNoBit(String keyCol) {
        IsolationForestEstimator estimator = estimator().setKeyCol(keyCol);
        SavedForest forest =
                SavedForest.of(estimator.fit(ForestRows.of(1, 3000, 4)).forest());
        for (int partitions : new int[] {1, 2, 7, 50}) {
            Dataset<Row> rows = ForestRows.shuffled(1, 3000, 4).repartition(partitions);
            assertThat(SavedForest.of(estimator.fit(rows).forest()))
                    .as("key '%s', %d partitions", keyCol, partitions)
                    .isEqualTo(forest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", ""})
    void aVectorAndAnArrayGiveTheSameForestAndScores(String keyCol) {
        Dataset<Row> rows = ForestRows.of(2, 500, 3);
        IsolationForestModel ofVector = estimator().setKeyCol(keyCol).fit(rows);
        IsolationForestModel ofArray =
                estimator().setKeyCol(keyCol).setFeaturesCol("values").fit(rows);
        assertThat(SavedForest.of(ofArray.forest())).isEqualTo(SavedForest.of(ofVector.forest()));
        assertThat(scores(ofArray, rows)).isEqualTo(scores(ofVector, rows));
    }

    @Test
    void everyRowIsScoredBetween0And1AsTheForestItselfScoresIt() {
        Dataset<Row> rows = ForestRows.of(3, 500, 3);
        IsolationForestModel model = estimator().fit(rows);
        for (Row row : model.transform(rows).select("values", "score").collectAsList()) {
            List<Double> values = row.getList(0);
            double[] features = values.stream().mapToDouble(Double::doubleValue).toArray();
            assertThat(row.getDouble(1))
                    .isGreaterThan(0)
                    .isLessThan(1)
                    .isEqualTo(model.forest().score(features));
        }
    }

    /** One process broadcasts without reading back: what a cluster's tasks would read is read here. */
    @Test
    void whatIsBroadcastArrivesByKryoAsItLeft() {
        IsolationForestModel model = estimator().fit(ForestRows.of(3, 500, 3));
        SerializerInstance kryo = SparkEnv.get().serializer().newInstance();
        ClassTag<Travelling<IsolationForest>> tag = ClassTag.apply(Travelling.class);
        assertThat(kryo).isInstanceOf(KryoSerializerInstance.class);
        Travelling<IsolationForest> arrived = kryo.deserialize(
                kryo.serialize(model.broadcast(LocalSpark.session()).value(), tag), tag);
        assertThat(SavedForest.of(arrived.value())).isEqualTo(SavedForest.of(model.forest()));
        double[] row = {0.1, 0.9, 0.5};
        assertThat(arrived.value().score(row)).isEqualTo(model.forest().score(row));
    }

    @Test
    void contributionsSumToExpectedLessActualPathLength() {
        Dataset<Row> rows = ForestRows.of(4, 200, 5);
        IsolationForestModel model = estimator().fit(rows);
        for (Row row : model.explain(rows).select("values", "contributions").collectAsList()) {
            List<Double> values = row.getList(0);
            List<Double> contributions = row.getList(1);
            double[] features = values.stream().mapToDouble(Double::doubleValue).toArray();
            assertThat(contributions.stream().mapToDouble(Double::doubleValue).sum())
                    .isCloseTo(model.expectedPathLength() - model.forest().meanPathLength(features), within(1e-9));
        }
    }

    @Test
    void savingThenLoadingAModelIsIdentity() throws IOException {
        Dataset<Row> rows = ForestRows.of(5, 500, 3);
        IsolationForestModel model = estimator().setScoreCol("strangeness").fit(rows);
        String path = folder.resolve("model").toString();
        model.write().save(path);
        model.write().overwrite().save(path);
        IsolationForestModel loaded = IsolationForestModel.load(path);
        assertThat(SavedForest.of(loaded.forest())).isEqualTo(SavedForest.of(model.forest()));
        assertThat(loaded.uid()).isEqualTo(model.uid());
        assertThat(loaded.settings()).isEqualTo(model.settings());
        assertThat(scores(loaded, rows)).isEqualTo(scores(model, rows));
    }

    @Test
    void savingThenLoadingAnEstimatorIsIdentity() throws IOException {
        IsolationForestEstimator estimator =
                estimator().setRangeMarginAbove(0.5).setHeightLimit(30).setKeyCol("key");
        String path = folder.resolve("estimator").toString();
        estimator.write().overwrite().save(path);
        IsolationForestEstimator loaded = IsolationForestEstimator.load(path);
        assertThat(loaded.uid()).isEqualTo(estimator.uid());
        assertThat(loaded.settings()).isEqualTo(estimator.settings());
        assertThat(loaded.getKeyCol()).isEqualTo("key");
    }

    @Test
    void withoutAKeyTheForestIsTheOneGrownWithoutSpark() {
        Dataset<Row> rows = ForestRows.of(7, 500, 3);
        double[][] values = rows.select("values").collectAsList().stream()
                .map(row -> row.<Double>getList(0).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
        SavedForest plain = SavedForest.of(IsolationForest.grow(estimator().settings(), values));
        Dataset<Row> columns = columns(rows);
        assertThat(SavedForest.of(estimator().fit(rows).forest())).isEqualTo(plain);
        assertThat(SavedForest.of(estimator()
                        .setFeaturesCols("f0", "f1", "f2")
                        .fit(columns)
                        .forest()))
                .isEqualTo(plain);
    }

    @Test
    void primitiveColumnsGiveTheForestAndScoresOfTheVector() {
        Dataset<Row> rows = columns(ForestRows.of(7, 500, 3));
        String[] features = {"f0", "f1", "f2"};
        IsolationForestModel ofVector = estimator().setKeyCol("key").fit(rows);
        IsolationForestModel ofColumns =
                estimator().setKeyCol("key").setFeaturesCols(features).fit(rows);
        assertThat(SavedForest.of(ofColumns.forest())).isEqualTo(SavedForest.of(ofVector.forest()));
        assertThat(scores(ofColumns, rows)).isEqualTo(scores(ofVector, rows));
        assertThat(ofColumns.explain(rows).select("contributions", "sides").collectAsList())
                .isEqualTo(
                        ofVector.explain(rows).select("contributions", "sides").collectAsList());
    }

    @Test
    void nullInAColumnIsMissingAsNaNIsInAVector() {
        Dataset<Row> rows =
                columns(ForestRows.of(7, 300, 3)).withColumn("f1", functions.expr("if(id % 3 = 0, null, f1)"));
        String[] features = {"f0", "f1", "f2"};
        IsolationForestModel model =
                estimator().setKeyCol("key").setFeaturesCols(features).fit(rows);
        for (Row row : model.transform(rows).select("f0", "f1", "f2", "score").collectAsList()) {
            double missing = row.isNullAt(1) ? Double.NaN : row.getDouble(1);
            assertThat(row.getDouble(3))
                    .isEqualTo(model.forest().score(new double[] {row.getDouble(0), missing, row.getDouble(2)}));
        }
    }

    @Test
    void scoringIsCompiledIntoTheStageAndReadsNoOtherColumn() {
        Dataset<Row> rows = columns(ForestRows.of(7, 300, 3));
        String path = folder.resolve("rows.parquet").toString();
        rows.select("key", "id", "f0", "f1", "f2").write().parquet(path);
        Dataset<Row> table = LocalSpark.session().read().parquet(path);
        IsolationForestModel model =
                estimator().setKeyCol("key").setFeaturesCols("f0", "f1").fit(table);
        String plan = ((org.apache.spark.sql.classic.Dataset<Row>)
                        model.transform(table).select("id", "score"))
                .queryExecution()
                .executedPlan()
                .toString();
        assertThat(plan).contains("*(1) Project").contains("ReadSchema: struct<id:bigint,f0:double,f1:double>");
    }

    @ParameterizedTest
    @CsvSource({"0.05, 35", "0.07, 49"}) // by doubles 0.07 of 700 are a little more than 49
    void theThresholdLetsExactlyTheContaminationThrough(double share, long rowsThrough) throws IOException {
        Dataset<Row> rows = LocalSpark.session()
                .range(700)
                .select(
                        functions.col("id"),
                        functions.array(functions.randn(1), functions.randn(2)).as("features"));
        IsolationForestModel model =
                estimator().setKeyCol("id").setContamination(share).fit(rows.repartition(7));
        Dataset<Row> predicted = model.transform(rows);
        assertThat(model.threshold()).isPresent();
        assertThat(predicted.where("prediction = 1.0").count()).isEqualTo(rowsThrough);
        assertThat(predicted
                        .where("score >= " + model.threshold().getAsDouble())
                        .count())
                .isEqualTo(rowsThrough);
        model.write().overwrite().save(folder.resolve("threshold").toString());
        assertThat(IsolationForestModel.load(folder.resolve("threshold").toString())
                        .threshold())
                .isEqualTo(model.threshold());
    }

    @Test
    void aThresholdTakesOneScoringPassMore() throws TimeoutException {
        Dataset<Row> rows = ForestRows.of(12, 4000, 3);
        for (double share : new double[] {0.001, 0.05, 0.5}) {
            assertThat(jobs("plain" + share, () -> estimator().setKeyCol("key").fit(rows)))
                    .isEqualTo(1);
            assertThat(jobs(
                            "threshold" + share,
                            () -> estimator()
                                    .setKeyCol("key")
                                    .setContamination(share)
                                    .fit(rows)))
                    .isEqualTo(2);
        }
    }

    /** The driver refuses more than {@code spark.driver.maxResultSize} in all. */
    @Test
    void ofManyPartitionsTheDriverReceivesFewParts() throws TimeoutException {
        Dataset<Row> rows = LocalSpark.session()
                .range(0, 2000, 1, 50)
                .select(functions.col("id"), functions.randn(1).as("a"));
        SparkContext context = LocalSpark.session().sparkContext();
        int[] jobs = jobIds(
                "many partitions",
                () -> estimator()
                        .setFeaturesCols("a")
                        .setKeyCol("id")
                        .setContamination(0.05)
                        .fit(rows));
        assertThat(jobs).hasSize(2);
        for (int job : jobs) {
            int[] stages = context.statusTracker().getJobInfo(job).get().stageIds();
            int last = Arrays.stream(stages).max().orElseThrow();
            assertThat(context.statusTracker().getStageInfo(last).get().numTasks())
                    .isLessThan(10);
        }
    }

    @Test
    void theThresholdIsExactAlsoWhereWeightsBendTheSample() {
        Dataset<Row> rows = LocalSpark.session()
                .range(2000)
                .select(
                        functions.col("id"),
                        functions.randn(1).as("a"),
                        functions.randn(2).as("b"))
                .withColumn("weight", functions.expr("pow(abs(a) + abs(b), 8)"));
        IsolationForestModel model = estimator()
                .setFeaturesCols("a", "b")
                .setKeyCol("id")
                .setWeightCol("weight")
                .setContamination(0.05)
                .fit(rows);
        double threshold = model.threshold().orElseThrow();
        Dataset<Row> scored = model.transform(rows);
        assertThat(scored.where("score > " + threshold).count())
                .isLessThan(100); // two rows may share the threshold's score
        assertThat(scored.where("score >= " + threshold).count()).isGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", ""})
    void repartitioningChangesNoBitWithWeightsAndAThreshold(String keyCol) {
        Dataset<Row> rows = ForestRows.of(13, 2000, 3).withColumn("weight", functions.expr("1 + id % 3"));
        Set<Object> fitted = new HashSet<>();
        for (int partitions : new int[] {1, 2, 7, 50}) {
            IsolationForestModel model = estimator()
                    .setKeyCol(keyCol)
                    .setWeightCol("weight")
                    .setContamination(0.03)
                    .fit(rows.orderBy(functions.rand(partitions)).repartition(partitions));
            fitted.add(List.of(SavedForest.of(model.forest()), model.threshold()));
        }
        assertThat(fitted).hasSize(1);
    }

    /** One of the public sets holds the same row 3,329 times. */
    @Test
    void aRowThatOccursThousandsOfTimesChangesNoBitUnderRepartition() {
        Dataset<Row> rows = LocalSpark.session()
                .range(5000)
                .select(
                        functions.expr("if(id < 3329, 0.25, rand(1))").as("a"),
                        functions.expr("if(id < 3329, 0.75, rand(2))").as("b"));
        IsolationForestEstimator estimator = estimator().setFeaturesCols("a", "b");
        SavedForest forest = SavedForest.of(estimator.fit(rows.coalesce(1)).forest());
        for (int partitions : new int[] {2, 7, 50}) {
            assertThat(SavedForest.of(
                            estimator.fit(rows.repartition(partitions)).forest()))
                    .isEqualTo(forest);
        }
        int root = forest.trees().get(0).rows().get(0);
        assertThat(root).isEqualTo(64);
        double often = estimator.fit(rows).forest().score(new double[] {0.25, 0.75});
        assertThat(often).isLessThan(estimator.fit(rows).forest().score(new double[] {0.9, 0.1}));
    }

    @Test
    void rowsThatCannotBeGrownOnAreRefusedWithWhatToDo() {
        Dataset<Row> rows = ForestRows.of(1, 100, 2);
        assertThatThrownBy(() -> estimator()
                        .setKeyCol("key")
                        .fit(rows.withColumn("key", functions.expr("if(id = 7, null, key)"))))
                .hasStackTraceContaining("A row has no key: keyCol is null.");
        assertThatThrownBy(() -> estimator().setKeyCol("features").fit(rows))
                .hasMessageContaining("a string or an integer is needed. Cast it.");
        assertThatThrownBy(() ->
                        estimator().fit(rows.withColumn("features", functions.expr("if(id = 7, null, features)"))))
                .hasStackTraceContaining("A row has no features: the features column is null.");
        Dataset<Row> infinite = LocalSpark.session()
                .range(100)
                .select(functions
                        .expr("if(id = 7, double('Infinity'), double(id))")
                        .as("a"));
        assertThatThrownBy(() -> estimator().setFeaturesCols("a").fit(infinite))
                .hasStackTraceContaining("Feature 0 is infinite: no split can be drawn.");
        assertThatThrownBy(() -> estimator()
                        .setWeightCol("weight")
                        .fit(rows.withColumn("weight", functions.expr("if(id = 7, null, 1.0)"))))
                .hasStackTraceContaining("A row has no weight: weightCol is null.");
        Dataset<Row> changing = LocalSpark.session()
                .range(30)
                .select(functions
                        .udf((UDF0<Double>) Math::random, DataTypes.DoubleType)
                        .asNondeterministic()
                        .apply()
                        .as("a"));
        assertThatThrownBy(() -> estimator().setFeaturesCols("a").fit(changing))
                .hasMessage(
                        "Of 30 rows drawn 30 are not there any more: the rows changed between the passes. Cache or write them before the fit, or set keyCol, with which one pass is enough.");
        assertThatThrownBy(() -> estimator().fit(rows.limit(1)))
                .hasMessageContaining("needs at least 2 rows of positive weight");
    }

    @Test
    void constantColumnsAreNoEvidenceAndAConstantTableIsNeitherStrangeNorPlain() {
        Dataset<Row> rows = LocalSpark.session()
                .range(300)
                .select(
                        functions.lit(1.0).as("a"),
                        functions.lit(2).as("b"),
                        functions.randn(1).as("c"));
        IsolationForestModel constant = estimator().setFeaturesCols("a", "b").fit(rows);
        assertThat(constant.transform(rows).select("score").distinct().collectAsList())
                .hasSize(1)
                .first()
                .satisfies(row -> assertThat(row.getDouble(0)).isCloseTo(0.5, within(1e-12)));
        IsolationForestModel one = estimator().setFeaturesCols("a", "b", "c").fit(rows);
        assertThat(one.forest().explainer().explain(new double[] {7, 7, 9}).driver())
                .hasValue(2);
    }

    /** The number of Spark jobs that {@code work} takes. */
    private static int jobs(String group, Runnable work) throws TimeoutException {
        return jobIds(group, work).length;
    }

    private static int[] jobIds(String group, Runnable work) throws TimeoutException {
        SparkContext context = LocalSpark.session().sparkContext();
        context.setJobGroup(group, group, false);
        try {
            work.run();
        } finally {
            context.clearJobGroup();
        }
        context.listenerBus().waitUntilEmpty(60_000); // the status tracker is a listener, and may be behind
        return context.statusTracker().getJobIdsForGroup(group);
    }

    @Test
    void aCrossValidatorChoosesAmongForestsInAPipeline() throws IOException {
        LabelledSet set = LabelledSet.named("thyroid").orElseThrow();
        List<Row> labelled = new ArrayList<>();
        for (int i = 0; i < set.labels().length; i++) {
            double[] row = set.rows().get(i);
            labelled.add(RowFactory.create(row[0], row[1], row[2], row[3], row[4], row[5], (double) set.labels()[i]));
        }
        String[] features = {"f0", "f1", "f2", "f3", "f4", "f5"};
        StructType schema = new StructType();
        for (String feature : features) {
            schema = schema.add(feature, DataTypes.DoubleType);
        }
        Dataset<Row> rows = LocalSpark.session().createDataFrame(labelled, schema.add("label", DataTypes.DoubleType));
        IsolationForestEstimator forest = new IsolationForestEstimator().setSeed(3);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler().setInputCols(features).setOutputCol("features"), forest
        });
        CrossValidator validator = new CrossValidator()
                .setEstimator(pipeline)
                .setEvaluator(new BinaryClassificationEvaluator().setRawPredictionCol("score"))
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(forest.numTrees(), new int[] {1, 50})
                        .build())
                .setNumFolds(2)
                .setSeed(1);
        CrossValidatorModel chosen = validator.fit(rows);
        assertThat(chosen.avgMetrics()[1]).isGreaterThan(0.95).isGreaterThan(chosen.avgMetrics()[0]);
        IsolationForestModel best = (IsolationForestModel) ((PipelineModel) chosen.bestModel()).stages()[1];
        assertThat(best.forest().numTrees()).isEqualTo(50);
        String path = folder.resolve("validated").toString();
        chosen.write().overwrite().save(path);
        assertThat(CrossValidatorModel.load(path)
                        .transform(rows)
                        .select("score")
                        .collectAsList())
                .isEqualTo(chosen.transform(rows).select("score").collectAsList());
    }

    @Test
    void withoutContaminationThereIsNoThreshold() {
        Dataset<Row> rows = ForestRows.of(7, 100, 3);
        IsolationForestModel model = estimator().fit(rows);
        assertThat(model.threshold()).isEmpty();
        assertThat(model.transform(rows).columns()).doesNotContain("prediction");
    }

    @Test
    void rowsOfWeightZeroAreLeftOut() {
        Dataset<Row> rows = ForestRows.of(7, 400, 3);
        Dataset<Row> weighted = rows.withColumn("weight", functions.expr("if(id % 2 = 0, 0, 2)"));
        for (String key : new String[] {"key", ""}) {
            IsolationForestModel model = estimator()
                    .setSampleSize(300)
                    .setKeyCol(key)
                    .setWeightCol("weight")
                    .fit(weighted);
            assertThat(model.forest().rowsPerTree()).isEqualTo(200);
        }
    }

    @Test
    void theScoreIsAFunctionOfSql() {
        Dataset<Row> rows = ForestRows.of(8, 50, 3);
        IsolationForestModel model = estimator().fit(rows);
        model.register(LocalSpark.session(), "strangeness");
        assertThat(rows.selectExpr("strangeness(features)").collectAsList()).isEqualTo(scores(model, rows));
        assertThat(rows.selectExpr("strangeness(values)").collectAsList()).isEqualTo(scores(model, rows));
    }

    @Test
    void aPipelineFitsSavesLoadsAndScores() throws IOException {
        Dataset<Row> rows = LocalSpark.session()
                .range(400)
                .select(
                        functions.col("id"),
                        functions.rand(1).as("a"),
                        functions.randn(2).as("b"));
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("features");
        Pipeline pipeline = new Pipeline()
                .setStages(new PipelineStage[] {assembler, estimator().setKeyCol("id")});
        pipeline.write().overwrite().save(folder.resolve("pipeline").toString());
        PipelineModel model =
                Pipeline.load(folder.resolve("pipeline").toString()).fit(rows);
        model.write().overwrite().save(folder.resolve("fitted").toString());
        PipelineModel loaded = PipelineModel.load(folder.resolve("fitted").toString());
        assertThat(loaded.transform(rows).select("score").collectAsList())
                .isEqualTo(model.transform(rows).select("score").collectAsList());
    }

    @Test
    void aCopyWithOtherParametersLeavesTheOriginalAlone() {
        IsolationForestEstimator estimator = estimator();
        IsolationForestEstimator copy = estimator.copy(new ParamMap().put(estimator.numTrees(), 3));
        assertThat(copy.getNumTrees()).isEqualTo(3);
        assertThat(copy.uid()).isEqualTo(estimator.uid());
        assertThat(estimator.getNumTrees()).isEqualTo(20);
        IsolationForestModel model = copy.fit(ForestRows.of(6, 100, 2));
        assertThat(model.forest().numTrees()).isEqualTo(3);
        assertThat(model.copy(new ParamMap()).forest()).isSameAs(model.forest());
        assertThat(model.parent()).isSameAs(copy);
    }

    @Test
    void everyParameterHasItsDefault() {
        IsolationForestEstimator estimator = new IsolationForestEstimator();
        assertThat(estimator.settings()).isEqualTo(IsolationForestSettings.defaults());
        assertThat(estimator.setEdgeLength("unit").settings()).isEqualTo(IsolationForestSettings.standard());
        assertThat(estimator.getFeaturesCol()).isEqualTo("features");
        assertThat(estimator.getScoreCol()).isEqualTo("score");
        assertThat(estimator.getKeyCol()).isEmpty();
        assertThat(estimator.getWeightCol()).isEmpty();
        assertThat(estimator.getFeaturesCols()).isEmpty();
        assertThat(estimator.getContamination()).isZero();
        assertThat(estimator.getPredictionCol()).isEqualTo("prediction");
        assertThat(estimator.getContributionsCol()).isEqualTo("contributions");
        assertThat(estimator.getSidesCol()).isEqualTo("sides");
        assertThat(estimator.getHeightLimit()).isZero();
        assertThat(estimator.params()).hasSize(16);
        assertThat(estimator.explainParams()).contains("rows drawn for a tree, at least 2 (default: 256)");
    }

    @Test
    void aMissingColumnIsNamedBeforeAnyWork() {
        assertThatThrownBy(() -> estimator().setFeaturesCol("vector").fit(ForestRows.of(1, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Column vector (featuresCol) is missing: the input has key, id, features, values. Set featuresCol to one of them.");
    }

    @Test
    void anOutputColumnInTheWayIsRefused() {
        assertThatThrownBy(() -> estimator().setScoreCol("id").fit(ForestRows.of(1, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Column id cannot be appended: the input has one of that name. Drop it, or set another name for the output.");
    }

    @Test
    void noRowsGrowNoForest() {
        assertThatThrownBy(() -> estimator().fit(ForestRows.of(1, 10, 1).where("id < 0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs at least 2 rows");
    }

    private static IsolationForestEstimator estimator() {
        return new IsolationForestEstimator().setNumTrees(20).setSampleSize(64).setSeed(9);
    }

    private static Dataset<Row> columns(Dataset<Row> rows) {
        return rows.withColumn("f0", functions.expr("values[0]"))
                .withColumn("f1", functions.expr("values[1]"))
                .withColumn("f2", functions.expr("values[2]"));
    }

    private static List<Row> scores(IsolationForestModel model, Dataset<Row> rows) {
        return model.transform(rows).select(model.getScoreCol()).collectAsList();
    }
}
