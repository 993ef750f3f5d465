package io.goodhart.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.TableContract.Room;
import io.goodhart.tables.Tables;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TablesPageTest {
    @Test
    void thePageOfTheTablesIsCurrent() throws IOException {
        GeneratedPage.requireCurrent("tables.md", TablesPage.text());
    }

    @Test
    void noOpenTableHasAColumnOfPersons() {
        assertThat(Tables.ALL.stream()
                        .filter(table -> table.room() == Room.OPEN)
                        .flatMap(table -> table.columns().stream()))
                .isNotEmpty()
                .noneMatch(column ->
                        column.name().contains("person") || column.meaning().contains("pseudonym"));
    }

    @Test
    void everyTableHasItsSectionWithALineAColumn() {
        String[] sections = TablesPage.text().split("\n## ", -1);

        assertThat(sections).hasSize(1 + Tables.ALL.size());
        for (int i = 0; i < Tables.ALL.size(); i++) {
            String section = sections[i + 1];
            assertThat(section).startsWith(Tables.ALL.get(i).name() + "\n");
            assertThat(Tables.ALL.get(i).columns())
                    .allSatisfy(column -> assertThat(section).containsOnlyOnce("\n| " + column.name() + " | "));
        }
    }
}
