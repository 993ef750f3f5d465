package io.goodhart.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps passwords and keys out of {@code runs.config}, which everybody may read, and out of what is printed. */
final class Secrets {
    /** Of a name, what says that its value is a secret: a word anywhere, or what is only one between separators. */
    static final String NAME = "(?i)password|secret|credential|authorization|(access|account|private|api)[-_.]?key"
            + "|(^|[-_.])(token|sas|sig)([-_.]|$)";

    private static final Pattern SECRET_NAME = Pattern.compile(NAME);
    /** What tells whether and for how long a secret is used, as Iceberg's {@code token-refresh-enabled} does, is none. */
    private static final Pattern OF_A_SECRET = Pattern.compile("-(enabled|ms)$");

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@\\s]*@");
    private static final Pattern PARAMETER_OF_ADDRESS = Pattern.compile("([?&;]([^?&;=]*)=)[^&;]*");
    private static final String NOT_TOLD = "(not told)";

    private Secrets() {}

    static String mask(String key, String value) {
        if (isSecret(key)) {
            return NOT_TOLD;
        }
        String withoutUser = USER_IN_ADDRESS.matcher(value).replaceAll("//" + NOT_TOLD + "@");
        return PARAMETER_OF_ADDRESS
                .matcher(withoutUser)
                .replaceAll(parameter -> Matcher.quoteReplacement(
                        isSecret(parameter.group(2)) ? parameter.group(1) + NOT_TOLD : parameter.group()));
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find() && !OF_A_SECRET.matcher(name).find();
    }
}
