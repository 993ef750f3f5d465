package io.goodhart.features;

/** Which side of the peers is suspicious: an honest extreme on the other side must not count. */
public enum Direction {
    HIGH(1),
    LOW(-1);

    private final int sign;

    Direction(int sign) {
        this.sign = sign;
    }

    /** Returns 1 where high values are suspicious, -1 where low ones are. */
    public int sign() {
        return sign;
    }
}
