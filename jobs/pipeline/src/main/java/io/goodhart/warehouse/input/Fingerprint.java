package io.goodhart.warehouse.input;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A hash of (name below the input root, size, modification time) of files, in the order of their names: it changes when a file is added,
 * removed, renamed or written again, and does not when the whole input moves elsewhere.
 */
final class Fingerprint {
    private Fingerprint() {}

    /** Returns the hash, 64 hexadecimal digits. */
    static String of(Collection<InputFile> files) {
        MessageDigest digest = sha256();
        files.stream()
                // A line break cannot stand in a table's or a day's name, and a file's name is followed by two numbers.
                .map(file -> file.name() + "\t" + file.bytes() + "\t" + file.modified() + "\n")
                .sorted()
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
