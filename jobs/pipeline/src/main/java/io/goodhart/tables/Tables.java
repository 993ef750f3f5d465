package io.goodhart.tables;

import io.goodhart.tables.TableContract.Room;
import java.util.List;
import java.util.Optional;

/** All tables, in the order of the contract. */
public final class Tables {
    public static final List<TableContract> ALL = List.of(
            UsageEvents.CONTRACT,
            UsageDaily.CONTRACT,
            ProductivityEvents.CONTRACT,
            AgentActions.CONTRACT,
            People.CONTRACT,
            Absences.CONTRACT,
            PolicyEvents.CONTRACT,
            DeclaredWorkloads.CONTRACT,
            Dispositions.CONTRACT,
            ModelPrices.CONTRACT,
            UsageScores.CONTRACT,
            SuspiciousUsage.CONTRACT,
            UsagePatterns.CONTRACT,
            PersonDays.CONTRACT,
            PersonWeeks.CONTRACT,
            PersonWindows.CONTRACT,
            Rejects.CONTRACT,
            DayCounts.CONTRACT,
            SourceHealth.CONTRACT,
            Runs.CONTRACT,
            Models.CONTRACT);

    private Tables() {}

    /** Returns the tables of the warehouse. */
    public static List<TableContract> ofWarehouse() {
        return ALL.stream().filter(table -> table.room() != Room.INPUT).toList();
    }

    /** Returns the input tables that are partitioned by day. */
    public static List<TableContract> ofEvents() {
        return ALL.stream()
                .filter(table -> table.room() == Room.INPUT && table.partition().isPresent())
                .toList();
    }

    /** Returns the input tables that are read whole. */
    public static List<TableContract> ofDimensions() {
        return ALL.stream()
                .filter(table -> table.room() == Room.INPUT && table.partition().isEmpty())
                .toList();
    }

    /** Returns the tables of the warehouse whose rows belong to a run date, in the order of the contract. */
    public static List<TableContract> byRunDate() {
        return ofWarehouse().stream()
                .filter(table -> table.partition()
                        .filter(date -> date.name().equals(Runs.RUN_DATE.name()))
                        .isPresent())
                .toList();
    }

    /** Returns the warehouse table called {@code name}, if there is one. */
    public static Optional<TableContract> inWarehouse(String name) {
        return ofWarehouse().stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
