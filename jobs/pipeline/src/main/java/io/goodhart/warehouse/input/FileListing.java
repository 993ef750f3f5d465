package io.goodhart.warehouse.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** All files below a folder, at any depth. */
final class FileListing {
    private FileListing() {}

    /**
     * Returns the files; how many there are is bounded by what a run may open.
     *
     * @throws java.io.FileNotFoundException if there is no such folder
     */
    static List<FileStatus> below(FileSystem fileSystem, Path folder) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        if (fileSystem instanceof LocalFileSystem) {
            // The flat listing asks for permissions, for which Hadoop starts a process a local file.
            addLocal(fileSystem, folder, files);
        } else {
            // One flat listing: on an object store a request a thousand files, not one a day.
            RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(folder, true);
            while (listing.hasNext()) {
                files.add(listing.next());
            }
        }
        return files;
    }

    private static void addLocal(FileSystem fileSystem, Path folder, List<FileStatus> files) throws IOException {
        for (FileStatus status : fileSystem.listStatus(folder)) {
            if (status.isDirectory()) {
                addLocal(fileSystem, status.getPath(), files);
            } else {
                files.add(status);
            }
        }
    }
}
