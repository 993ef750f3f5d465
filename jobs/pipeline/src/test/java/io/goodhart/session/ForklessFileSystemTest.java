package io.goodhart.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of this machine are as Hadoop's own file system leaves them; only who sets their permissions is another. */
class ForklessFileSystemTest {
    @TempDir
    private java.nio.file.Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "027", "077"})
    void filesAndFoldersGetThePermissionsThatHadoopGivesThem(String umask) throws IOException {
        assertThat(written("ours", ForklessFileSystem.class, umask))
                .hasSize(4)
                .isEqualTo(written("hadoops", LocalFileSystem.class, umask));
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 0400, 0640, 0755, 0777, 01777})
    void aPermissionIsSetToItsLastBit(short mode) throws IOException {
        try (FileSystem files = open(ForklessFileSystem.class, "022")) {
            Path made = new Path(folder.resolve("folder with a space, é").toString());
            files.mkdirs(made);
            files.setPermission(made, new FsPermission(mode));
            int read = (int) Files.getAttribute(folder.resolve("folder with a space, é"), "unix:mode");
            assertThat(read & 07777).isEqualTo(mode);
        }
    }

    @Test
    void aFileThatIsNotThereIsAnError() throws IOException {
        try (FileSystem files = open(ForklessFileSystem.class, "022")) {
            Path nowhere = new Path(folder.resolve("nowhere").toString());
            assertThatThrownBy(() -> files.setPermission(nowhere, FsPermission.getFileDefault()))
                    .isInstanceOfAny(FileNotFoundException.class, NoSuchFileException.class);
        }
    }

    /** Returns names and permissions of a folder, a file in it, and the file's checksum. */
    private static List<String> listing(java.nio.file.Path below) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<java.nio.file.Path> all = Files.walk(below)) {
            for (java.nio.file.Path path : all.sorted().toList()) {
                lines.add(below.relativize(path) + " "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return lines;
    }

    private List<String> written(String name, Class<? extends FileSystem> by, String umask) throws IOException {
        try (FileSystem files = open(by, umask)) {
            Path within = new Path(folder.resolve(name).toString(), "week");
            files.mkdirs(within);
            files.create(new Path(within, "rows.parquet")).close();
        }
        return listing(folder.resolve(name));
    }

    private static FileSystem open(Class<? extends FileSystem> by, String umask) throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.setClass("fs.file.impl", by, FileSystem.class);
        hadoop.set("fs.permissions.umask-mode", umask);
        return FileSystem.newInstance(URI.create("file:///"), hadoop);
    }
}
