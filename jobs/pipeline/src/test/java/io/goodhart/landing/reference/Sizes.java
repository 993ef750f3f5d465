package io.goodhart.landing.reference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Each size of a day beside every other. */
final class Sizes implements Serializable {
    private static final long serialVersionUID = 1L;
    private final List<Long> sizes = new ArrayList<>();

    void add(long tokens) {
        if (tokens > 0) {
            sizes.add(tokens);
        }
    }

    Long sameOrNull() {
        return sizes.stream()
                .map(smallest -> sizes.stream()
                                .filter(size -> size >= smallest && 10 * size <= 11 * smallest)
                                .count()
                        - 1)
                .max(Long::compare)
                .orElse(null);
    }
}
