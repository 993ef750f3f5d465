package io.goodhart.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's file system of this machine, checksums and all, but that it sets permissions itself: without Hadoop's native library, which no
 * jar brings along, that is a process of {@code chmod} for each file, and a night writes some 150.
 */
public final class ForklessFileSystem extends LocalFileSystem {
    /** For Hadoop, which makes it by name. */
    public ForklessFileSystem() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            java.nio.file.Path file = pathToFile(path).toPath();
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null || permission.getStickyBit()) {
                super.setPermission(path, permission);
            } else {
                view.setPermissions(PosixFilePermissions.fromString(permission.getUserAction().SYMBOL
                        + permission.getGroupAction().SYMBOL
                        + permission.getOtherAction().SYMBOL));
            }
        }
    }
}
