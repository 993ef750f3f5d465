package io.goodhart.session;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkContext;

/** Tells what a run is doing, a line a step: what, rows, seconds. What is printed here is a log: it never shows a person. */
public final class Progress {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Optional<SparkContext> context;
    private final PrintWriter out;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /**
     * @param context whose jobs are named for the step that runs them; empty: none
     * @param out where the lines go
     */
    public Progress(Optional<SparkContext> context, PrintWriter out) {
        this.context = context;
        this.out = out;
    }

    /** Does a step that is measured in rows, and returns what it returns. */
    public <T> T step(String name, Supplier<T> work, ToLongFunction<T> rows) {
        return telling(name, work, result -> String.format(Locale.ROOT, "%,d rows", rows.applyAsLong(result)));
    }

    /** Does a step whose result is told in a few words, and returns what it returns. */
    public <T> T telling(String name, Supplier<T> work, Function<T, String> words) {
        T result = timed(name, work);
        line(name, words.apply(result));
        return result;
    }

    /** Does a step that has no rows to tell of. */
    public void step(String name, Runnable work) {
        timed(name, () -> {
            work.run();
            return true;
        });
        line(name, "");
    }

    /** Prints a line between the steps. */
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    /** Returns how long each step took, in their order; a step done twice counts both times. */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }

    private <T> T timed(String name, Supplier<T> work) {
        context.ifPresent(spark -> spark.setJobGroup(name, name, false));
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(name, (System.nanoTime() - began) / NANOS_PER_SECOND, Double::sum);
            context.ifPresent(SparkContext::clearJobGroup);
        }
    }

    private void line(String name, String rows) {
        say(String.format(Locale.ROOT, "%-32s %20s %9.1f s", name, rows, seconds.get(name)));
    }
}
