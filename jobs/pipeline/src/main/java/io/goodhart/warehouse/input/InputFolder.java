package io.goodhart.warehouse.input;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The Parquet files under an input root, by table and day, listed once: what arrives later is not seen. Partitions after the last day
 * asked for are left out, and so are names that begin with {@code _} or {@code .} and files that are not Parquet.
 */
final class InputFolder {
    private static final String PARQUET = ".parquet";

    private final String root;
    private final Map<String, List<InputFile>> files = new HashMap<>();
    private final List<String> misplaced = new ArrayList<>();

    private InputFolder(String root) {
        this.root = root;
    }

    /**
     * Lists every input table under {@code root}, a Hadoop path, up to {@code until}.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if {@code root} is not a path
     * @throws io.goodhart.failures.Failure.InputNotThere if there is no such folder
     * @throws io.goodhart.failures.Failure.OffContract if it cannot be listed, or holds Parquet where the contract has no place for it
     */
    static InputFolder list(Configuration hadoop, String root, LocalDate until) {
        InputFolder folder = new InputFolder(root);
        try {
            Path qualified = qualified(hadoop, root);
            FileSystem fileSystem = qualified.getFileSystem(hadoop);
            if (!fileSystem.exists(qualified)
                    || !fileSystem.getFileStatus(qualified).isDirectory()) {
                throw Messages.noInput(root);
            }
            for (TableContract table : InputTables.ALL) {
                folder.list(fileSystem, new Path(qualified, table.name()), table, until);
            }
        } catch (IOException e) {
            throw Messages.unreadableInput(root, e);
        }
        if (!folder.misplaced.isEmpty()) {
            throw Messages.offContract(Problems.firstOf(folder.misplaced));
        }
        return folder;
    }

    private static Path qualified(Configuration hadoop, String root) throws IOException {
        try {
            Path path = new Path(root);
            return path.getFileSystem(hadoop).makeQualified(path);
        } catch (IllegalArgumentException notAPath) {
            throw Messages.notAPath("--input", root, notAPath);
        }
    }

    /** Returns the root as the user wrote it. */
    String root() {
        return root;
    }

    /** Returns the files of a table, sorted by name. */
    List<InputFile> files(TableContract table) {
        return files.getOrDefault(table.name(), List.of());
    }

    /** Returns the files of some days of an event table, sorted by name. */
    List<InputFile> files(TableContract table, Set<LocalDate> days) {
        return files(table).stream()
                .filter(file -> file.day().map(days::contains).orElse(false))
                .toList();
    }

    /** Returns the files that a run over {@code days} reads: those of the days, or all where the table is not partitioned. */
    List<InputFile> wanted(TableContract table, Set<LocalDate> days) {
        return table.partition().isPresent() ? files(table, days) : files(table);
    }

    /** Returns a hash of an event table's files, by day that holds one. */
    Map<LocalDate, String> fingerprints(TableContract table) {
        Map<LocalDate, List<InputFile>> byDay = files(table).stream()
                .collect(Collectors.groupingBy(file -> file.day().orElseThrow(), TreeMap::new, Collectors.toList()));
        Map<LocalDate, String> fingerprints = new TreeMap<>();
        byDay.forEach((day, ofDay) -> fingerprints.put(day, Fingerprint.of(ofDay)));
        return fingerprints;
    }

    /** Returns the days of which an event table holds a file. */
    NavigableSet<LocalDate> days(TableContract table) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        files(table).forEach(file -> file.day().ifPresent(days::add));
        return days;
    }

    private void list(FileSystem fileSystem, Path folder, TableContract table, LocalDate until) throws IOException {
        List<InputFile> found = new ArrayList<>();
        List<FileStatus> listing;
        try {
            listing = FileListing.below(fileSystem, folder);
        } catch (FileNotFoundException e) {
            // A day that is removed while the table is listed must not pass for a table that is not there.
            if (fileSystem.exists(folder)) {
                throw e;
            }
            return;
        }
        String prefix = folder.toUri().getPath() + "/";
        for (FileStatus status : listing) {
            String path = status.getPath().toUri().getPath();
            if (!path.startsWith(prefix)) {
                misplaced.add(table.name() + ": is a file, expected a folder of " + layout(table));
                continue;
            }
            String below = path.substring(prefix.length());
            if (isParquet(below)) {
                place(status, below, table).ifPresent(found::add);
            }
        }
        files.put(
                table.name(),
                found.stream()
                        .filter(file ->
                                file.day().map(day -> !day.isAfter(until)).orElse(true))
                        .sorted(Comparator.comparing(InputFile::name))
                        .toList());
    }

    private static boolean isParquet(String below) {
        return below.endsWith(PARQUET)
                && Stream.of(below.split("/")).noneMatch(part -> part.startsWith("_") || part.startsWith("."));
    }

    private Optional<InputFile> place(FileStatus status, String below, TableContract table) {
        String name = table.name() + "/" + below;
        int slash = below.lastIndexOf('/');
        Optional<LocalDate> day = Optional.empty();
        if (table.partition().isPresent()) {
            day = day(
                    slash < 0 ? "" : below.substring(0, slash),
                    table.partition().get());
            if (day.isEmpty()) {
                misplaced.add(name + ": expected " + layout(table));
                return Optional.empty();
            }
        } else if (slash >= 0) {
            misplaced.add(name + ": expected " + layout(table) + ", the table is not partitioned");
            return Optional.empty();
        }
        return Optional.of(
                new InputFile(status.getPath().toString(), name, day, status.getLen(), status.getModificationTime()));
    }

    private static String layout(TableContract table) {
        String day = table.partition()
                .map(partition -> partition.name() + "=YYYY-MM-DD/")
                .orElse("");
        return table.name() + "/" + day + "FILE.parquet";
    }

    private static Optional<LocalDate> day(String folder, ColumnSpec partition) {
        String prefix = partition.name() + "=";
        // A fixed length, for LocalDate also reads +12026-05-04 and a year of more digits.
        if (!folder.startsWith(prefix) || folder.length() != prefix.length() + "YYYY-MM-DD".length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(folder.substring(prefix.length())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
