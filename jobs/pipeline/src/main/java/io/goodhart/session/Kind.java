package io.goodhart.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a setting's value may be: reads what YAML gave, or says what was wrong with it. */
sealed interface Kind {

    /** Returns the value that {@code given} stands for, over {@code current}, or the problem with it. */
    Reading read(Object given, Object current);

    /** Returns what a value must be, for {@code settings} and for messages. */
    String expected();

    /** A value, or why there is none. */
    record Reading(Optional<Object> value, String problem) {
        static Reading of(Object value) {
            return new Reading(Optional.of(value), "");
        }

        static Reading problem(String expected, Object given) {
            return new Reading(Optional.empty(), "must be " + expected + ", not " + given);
        }
    }

    /** A whole number in a range. */
    record Whole(long least, long most) implements Kind {
        @Override
        public Reading read(Object given, Object current) {
            boolean fits = (given instanceof Integer || given instanceof Long)
                    && ((Number) given).longValue() >= least
                    && ((Number) given).longValue() <= most;
            return fits ? Reading.of(((Number) given).longValue()) : Reading.problem(expected(), given);
        }

        @Override
        public String expected() {
            return least == Long.MIN_VALUE ? "a whole number" : "a whole number from " + least + " to " + most;
        }
    }

    /** A share: a number from 0 to 1. */
    record Share() implements Kind {
        @Override
        public Reading read(Object given, Object current) {
            boolean fits = given instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1;
            return fits ? Reading.of(((Number) given).doubleValue()) : Reading.problem(expected(), given);
        }

        @Override
        public String expected() {
            return "a number from 0 to 1";
        }
    }

    /** A weight for each of known kinds; kinds that are not given keep what they had. */
    record Weights(Set<String> kinds) implements Kind {
        @Override
        public Reading read(Object given, Object current) {
            Map<String, Double> weights = new LinkedHashMap<>(weights(current));
            if (!(given instanceof Map<?, ?> entries)) {
                return Reading.problem(expected(), given);
            }
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                boolean fits = kinds.contains(String.valueOf(entry.getKey()))
                        && entry.getValue() instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() <= 1000;
                if (!fits) {
                    return Reading.problem(expected(), entry.getKey() + ": " + entry.getValue());
                }
                weights.put(String.valueOf(entry.getKey()), ((Number) entry.getValue()).doubleValue());
            }
            return Reading.of(weights);
        }

        @Override
        public String expected() {
            return "a map of weights from 0 to 1000 by any of " + String.join(", ", kinds);
        }
    }

    /** A map of names to texts, which somebody else understands. */
    record Texts() implements Kind {
        @Override
        public Reading read(Object given, Object current) {
            Map<String, String> texts = new LinkedHashMap<>(texts(current));
            if (!(given instanceof Map<?, ?> entries)) {
                return Reading.problem(expected(), given);
            }
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (entry.getValue() == null
                        || entry.getValue() instanceof Map
                        || entry.getValue() instanceof Iterable) {
                    return Reading.problem(expected(), "a nested or empty value at " + entry.getKey());
                }
                texts.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
            }
            return Reading.of(texts);
        }

        @Override
        public String expected() {
            return "a map of names to texts";
        }
    }

    /** Returns {@code value} as weights, in order. */
    static Map<String, Double> weights(Object value) {
        Map<String, Double> weights = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((kind, weight) -> weights.put((String) kind, (Double) weight));
        return weights;
    }

    /** Returns {@code value} as texts, in order. */
    static Map<String, String> texts(Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, text) -> texts.put((String) name, (String) text));
        return texts;
    }
}
