package io.goodhart.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.Tables;
import io.goodhart.tables.Truth;
import io.goodhart.warehouse.input.TruthFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Who may import whom, and why. */
@AnalyzeClasses(packages = "io.goodhart", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FAILURES = only("failures", List.of(), "every package throws them, so they may know none");

    @ArchTest
    static final ArchRule TABLES =
            only("tables", List.of(), "a contract is what all others agree on, so it may depend on none of them");

    @ArchTest
    static final ArchRule ROWS =
            only("rows", List.of(), "arrays of words are filled and folded by packages that do not meet");

    @ArchTest
    static final ArchRule SESSION =
            only("session", List.of("failures"), "settings and session are there before anything is known of tables");

    @ArchTest
    static final ArchRule LANDING = only(
            "landing",
            List.of("rows", "tables", "failures", "session"),
            "a day is folded from rows alone, whoever has read them and wherever they go");

    @ArchTest
    static final ArchRule FEATURES = only(
            "features",
            List.of("rows", "tables", "failures", "session"),
            "a feature is an expression over a contract's columns");

    @ArchTest
    static final ArchRule FINDINGS = only(
            "findings",
            List.of("features", "tables", "failures", "session"),
            "a finding explains features; it does not care where they were read");

    @ArchTest
    static final ArchRule SIMULATION = only(
            "simulation",
            List.of("tables", "failures"),
            "a company made up with the detector's own code would prove nothing about the detector");

    @ArchTest
    static final ArchRule WAREHOUSE = only(
            "warehouse",
            List.of("rows", "tables", "failures"),
            "it moves rows under contracts and must not know what they are for");

    @ArchTest
    static final ArchRule JOBS = only(
            "jobs",
            List.of(
                    "isolation",
                    "findings",
                    "features",
                    "landing",
                    "warehouse",
                    "rows",
                    "tables",
                    "session",
                    "failures"),
            "a job is the data flow: it knows every step and no command line");

    @ArchTest
    static final ArchRule CLI = only(
            "cli",
            List.of("jobs", "evaluation", "simulation", "notebooks", "warehouse", "tables", "session", "failures"),
            "a command reads arguments and prints a report; features and findings are a job's business");

    @ArchTest
    static final ArchRule EVALUATION = only(
            "evaluation",
            List.of("isolation", "jobs", "landing", "simulation", "warehouse", "tables", "session", "failures"),
            "it measures what others do, labels or made-up gaming in hand: nothing that it measures may know of it");

    @ArchTest
    static final ArchRule NOTEBOOKS = only(
            "notebooks",
            List.of("warehouse", "tables", "session", "failures"),
            "a notebook reads the published tables as any consumer does, and holds no logic");

    @ArchTest
    static final ArchRule ISOLATION = noClasses()
            .that()
            .resideInAPackage("io.goodhart.isolation")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala..", "io.goodhart.isolation.spark.."))
            .because("the algorithm must run, and be tested, without Spark");

    @ArchTest
    static final ArchRule ISOLATION_SPARK = noClasses()
            .that()
            .resideInAPackage("io.goodhart.isolation..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.goodhart..").and(not(resideInAPackage("io.goodhart.isolation.."))))
            .because("the forest is a library by itself, for people who have never heard of Goodhart");

    @ArchTest
    static final ArchRule READS_AND_WRITES = noClasses()
            .that(not(resideInAnyPackage(
                    "io.goodhart.warehouse..", "io.goodhart.isolation.spark..", "io.goodhart.simulation..")))
            .should()
            .dependOnClassesThat(anyOf(DataFrameReader.class, DataFrameWriter.class, DataFrameWriterV2.class))
            .because(
                    "only the warehouse checks what it reads and commits what it writes; Spark ML's saved models, and the files of a"
                            + " made-up company, are nobody's tables");

    @ArchTest
    static final ArchRule ICEBERG = noClasses()
            .that(not(resideInAPackage("io.goodhart.warehouse..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.iceberg.."))
            .because("another table format must concern one package only");

    @ArchTest
    static final ArchRule SESSIONS = noClasses()
            .that(not(resideInAPackage("io.goodhart.session..")))
            .should()
            .dependOnClassesThat(anyOf(SparkSession.Builder.class, SparkConf.class))
            .because("a second session would have another time zone, another catalog and other checks");

    @ArchTest
    static final ArchRule LABELS = noClasses()
            .that(not(resideInAnyPackage(
                            "io.goodhart.evaluation..",
                            "io.goodhart.simulation..",
                            "io.goodhart.tables..",
                            "io.goodhart.cli.."))
                    .and(not(anyOf(TruthFile.class))))
            .should()
            .dependOnClassesThat(anyOf(Truth.class, TruthFile.class))
            .because("labels measure; what learns, scores or weighs must not be able to reach them");

    private static final Pattern COLUMN_BY_STRING = Pattern.compile("\\bcol\\(\"(?:\\w+\\.)?(\\w+)\"\\)");

    /** Columns that a step makes up for itself are its own; those of a contract are named there. */
    @Test
    void onlyTablesNamesAContractsColumnByAString() throws IOException {
        Set<String> contracts = Tables.ALL.stream()
                .flatMap(table -> table.columns().stream())
                .map(ColumnSpec::name)
                .filter(name -> !isFieldOfAnEntry(name))
                .collect(Collectors.toSet());
        Path root = Path.of("src", "main", "java", "io", "goodhart");
        try (Stream<Path> files = Files.walk(root)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(root.resolve("tables")))
                    .flatMap(file -> COLUMN_BY_STRING
                            .matcher(text(file))
                            .results()
                            .filter(match -> contracts.contains(match.group(1)))
                            .map(match -> root.relativize(file) + ": " + match.group()))
                    .toList();
            assertThat(found)
                    .as("a column that is renamed in its contract must not live on under its old name elsewhere")
                    .isEmpty();
        }
    }

    /** Entries of arrays have fields, no columns, and a step that unfolds them meets these under their bare names. */
    private static boolean isFieldOfAnEntry(String name) {
        return Stream.of(PersonDays.MODEL_USE, PersonDays.MERGER, SuspiciousUsage.REASON)
                .anyMatch(entry -> List.of(entry.fieldNames()).contains(name));
    }

    /** The classes of {@code name} may import their own package and those of {@code allowed}, and none of ours besides. */
    private static ArchRule only(String name, List<String> allowed, String reason) {
        String[] packages = Stream.concat(Stream.of(name), allowed.stream())
                .map(other -> "io.goodhart." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.goodhart." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.goodhart..").and(not(resideInAnyPackage(packages))))
                .because(reason);
    }

    private static DescribedPredicate<JavaClass> anyOf(Class<?>... classes) {
        return DescribedPredicate.describe(
                "any of " + List.of(classes),
                found ->
                        Stream.of(classes).anyMatch(forbidden -> found.getName().equals(forbidden.getName())));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
