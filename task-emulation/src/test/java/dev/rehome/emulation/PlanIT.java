package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.verification.StoredObjects;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a plan, compared with what the database and the bucket hold. */
@ExtendWith(EmulatedMigrationExtension.class)
final class PlanIT {
    private static final String LEGACY = " FROM `user profile` WHERE avatar_key LIKE BINARY 'user\\_image/%'";

    @Test
    void fullPlanHasTheFiguresOfDatabaseAndBucket(EmulatedMigration migration) throws SQLException {
        migration.seed(510);
        Set<String> referenced = new HashSet<>(migration.execute("SELECT avatar_key" + LEGACY));
        Set<String> stored = new HashSet<>(
                StoredObjects.of(migration.s3(), migration.source()).keySet());
        stored.retainAll(referenced);

        JsonNode plan = plan(migration, "plan", "--full", "--json");

        assertThat(plan.path("ready").asBoolean()).isTrue();
        assertThat(value(plan, "records")).isEqualTo(migration.number("SELECT COUNT(*)" + LEGACY));
        JsonNode objects = plan.path("objects");
        assertThat(value(objects, "distinct")).isEqualTo(referenced.size());
        assertThat(value(objects, "missing"))
                .isEqualTo(referenced.size() - stored.size())
                .isPositive();
        assertThat(value(objects, "bytes")).isEqualTo((long) stored.size() * migration.objectSize());
        assertThat(objects.path("largest").asLong()).isEqualTo(migration.objectSize());
        assertThat(plan.path("update").path("explain").toString()).contains("eq_ref", "PRIMARY");
        assertThat(plan.path("times").size()).isEqualTo(3);
    }

    @Test
    void estimatesOfTheSampleContainTheTruth(EmulatedMigration migration) throws SQLException {
        migration.seed(510);
        JsonNode plan = plan(migration, "plan", "--sample", "100", "--json");

        assertThat(value(plan, "records")).isEqualTo(migration.number("SELECT COUNT(*)" + LEGACY));
        assertThat(plan.path("objects").path("sample").path("looked").asInt()).isEqualTo(100);
        for (String figure : new String[] {"distinct", "bytes", "missing"}) {
            JsonNode estimate = plan.path("objects").path(figure);
            assertThat(estimate.path("basis").asString()).as(figure).isNotEmpty();
            assertThat(estimate.path("low").asDouble())
                    .as(figure)
                    .isLessThanOrEqualTo(estimate.path("high").asDouble());
        }
        assertThat(plan.path("keys").path("examples").path(0).path("newKey").asString())
                .isNotEmpty();
    }

    private static long value(JsonNode node, String name) {
        assertThat(node.path(name).path("low").asDouble())
                .as(name + " is exact")
                .isEqualTo(node.path(name).path("high").asDouble());
        return node.path(name).path("value").asLong();
    }

    private static JsonNode plan(EmulatedMigration migration, String... arguments) {
        MigrationProcess plan = migration.producer(Map.of(), arguments);
        assertThat(plan.exitCode(Await.RUN)).as(plan.tail()).isZero();
        String json = plan.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no JSON in " + plan.tail()));
        return JsonMapper.builder().build().readTree(json);
    }
}
