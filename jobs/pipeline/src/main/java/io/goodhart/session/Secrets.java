package io.goodhart.session;

import java.util.regex.Pattern;

/** Keeps passwords and keys out of {@code runs.config}, which everybody may read, and out of what is printed. */
final class Secrets {
    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i).*(password|secret|credential|access[-_.]?key|private[-_.]?key|(^|[-_.])token$).*");

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    static String mask(String key, String value) {
        return SECRET_KEY.matcher(key).matches()
                ? "(not told)"
                : USER_IN_ADDRESS.matcher(value).replaceAll("//(not told)@");
    }
}
