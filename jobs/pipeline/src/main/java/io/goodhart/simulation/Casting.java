package io.goodhart.simulation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who games and who merely looks like it. Only those few are listed; everybody else is ordinary.
 *
 * <p>Behaviours follow one another in an order drawn from the seed, so that each occurs once before one occurs twice; a ring takes
 * {@link #RING_SIZE} people at once.
 */
final class Casting implements Serializable {
    /** Share of people who look like gaming and are honest. */
    static final double LOOK_ALIKE_SHARE = 0.06;

    static final int RING_SIZE = 3;

    private final Map<Integer, Gaming> gaming = new HashMap<>();
    private final Map<Integer, LookAlike> lookAlikes = new HashMap<>();

    Casting(SimulationSettings settings) {
        Draw draw = new Draw(settings.seed(), 0, 0, "casting");
        List<Integer> positions = positions(settings, draw);
        int gamers = (int) Math.min(positions.size(), Math.round(settings.people() * settings.gamingShare()));
        castGamers(settings, positions.subList(0, gamers), draw);

        List<LookAlike> kinds = shuffled(LookAlike.KINDS, draw);
        int lookAlikeCount =
                Math.min(positions.size() - gamers, (int) Math.round(settings.people() * LOOK_ALIKE_SHARE));
        for (int rank = 0; rank < lookAlikeCount; rank++) {
            lookAlikes.put(positions.get(gamers + rank), kinds.get(rank % kinds.size()));
        }
    }

    private void castGamers(SimulationSettings settings, List<Integer> positions, Draw draw) {
        List<Behaviour> order = shuffled(
                Behaviour.ALL.stream()
                        .filter(behaviour -> !settings.leaveOut().contains(behaviour))
                        .toList(),
                draw);
        int next = 0;
        for (int taken = 0; taken < positions.size() && !order.isEmpty(); ) {
            Behaviour behaviour = order.get(next++ % order.size());
            int size = behaviour == Behaviour.COLLUSIVE_RING ? RING_SIZE : 1;
            if (taken + size > positions.size()) {
                if (order.size() == 1) {
                    return; // nobody can be a ring alone
                }
                continue;
            }
            List<Integer> ring = positions.subList(taken, taken + size);
            long ringId = draw.bits();
            int weeksAgo = draw.between(21, 56);
            for (int position : ring) {
                long daysAgo = Math.min(weeksAgo, (settings.days() - 1L) / 2);
                gaming.put(
                        position,
                        new Gaming(
                                behaviour,
                                settings.until().minusDays(daysAgo),
                                settings.volume() * draw.logNormal(1, 0.35),
                                ring.stream().filter(other -> other != position).toList(),
                                ringId));
            }
            taken += size;
        }
    }

    /** Returns as many positions as can be cast, in an order drawn from the seed: a walk through all by a step prime to them. */
    private static List<Integer> positions(SimulationSettings settings, Draw draw) {
        int people = settings.people();
        int wanted = (int) Math.min(people, Math.ceil(people * (settings.gamingShare() + LOOK_ALIKE_SHARE)) + 1);
        long step = draw.between(1, people);
        while (greatestCommonDivisor(step, people) != 1) {
            step++;
        }
        List<Integer> positions = new ArrayList<>();
        long position = draw.between(0, people - 1);
        for (int rank = 0; rank < wanted; rank++) {
            positions.add((int) position);
            position = (position + step) % people;
        }
        return positions;
    }

    private static long greatestCommonDivisor(long first, long second) {
        return second == 0 ? first : greatestCommonDivisor(second, first % second);
    }

    private static <T extends Enum<T>> List<T> shuffled(List<T> values, Draw draw) {
        long salt = draw.bits();
        return values.stream()
                .sorted(Comparator.comparingLong(
                        value -> Draw.hash(salt, value.name().hashCode())))
                .toList();
    }

    /** Returns how many people game. */
    int gamers() {
        return gaming.size();
    }

    /** Returns what the person games; null: nothing. */
    Gaming gaming(int position) {
        return gaming.get(position);
    }

    /** Returns what the person looks like. */
    LookAlike lookAlike(int position) {
        return lookAlikes.getOrDefault(position, LookAlike.ORDINARY);
    }
}
