package io.goodhart.isolation.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of both READMEs are compiled and run as they are printed; only the folder of the saved model is another one. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import io.goodhart.isolation.*;
            import io.goodhart.isolation.spark.*;
            import org.apache.spark.ml.*;
            import org.apache.spark.ml.feature.VectorAssembler;
            import org.apache.spark.sql.*;
            """;

    @TempDir
    private Path folder;

    @Test
    void theExamplesForSparkCompileAndRun() throws Exception {
        Dataset<Row> rows = LocalSpark.session()
                .range(2000)
                .select(
                        functions
                                .concat(functions.lit("p"), functions.col("id"))
                                .as("person_id"),
                        functions.rand(1).as("night_share"),
                        functions.exp(functions.randn(2)).as("tokens_per_output"));
        run(Path.of("README.md"), "SparkSession spark, Dataset<Row> rows", LocalSpark.session(), rows);
        assertThat(folder.resolve("models/forest/metadata")).exists();
    }

    @Test
    void theExampleInPlainJavaCompilesAndRuns() throws Exception {
        double[][] rows = new java.util.Random(1)
                .doubles(900)
                .mapToObj(value -> new double[] {value, value * value})
                .toArray(double[][]::new);
        run(Path.of("../isolation/README.md"), "double[][] rows, double[] row", rows, new double[] {3, 0.1});
    }

    private void run(Path readme, String parameters, Object... arguments) throws Exception {
        String body = examples(readme).replace("\"/models/", "\"" + folder.resolve("models") + "/");
        assertThat(body).isNotBlank();
        String source = "%spublic class Example { public static void run(%s) throws Exception { %s } }"
                .formatted(IMPORTS, parameters, body);
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        boolean compiled = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(problems.toString()).isTrue();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            java.util.Arrays.stream(loader.loadClass("Example").getMethods())
                    .filter(method -> method.getName().equals("run"))
                    .findFirst()
                    .orElseThrow()
                    .invoke(null, arguments);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(readme + ": an example fails", failed.getCause());
        }
    }

    private static String examples(Path readme) throws IOException {
        Matcher found = JAVA.matcher(Files.readString(readme));
        return found.results().map(result -> result.group(1)).collect(Collectors.joining("\n"));
    }
}
