package io.goodhart.docs;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TablesPageTest {
    @Test
    void thePageOfTheTablesIsCurrent() throws IOException {
        GeneratedPage.requireCurrent("tables.md", TablesPage.text());
    }
}
