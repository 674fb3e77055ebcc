package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.verification.StoredObjects;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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

        String plan = plan(migration, "plan", "--full", "--json");

        assertThat(plan).contains("\"ready\":true").contains("\"largest\":" + migration.objectSize());
        assertThat(counted(plan, "records")).isEqualTo(migration.number("SELECT COUNT(*)" + LEGACY));
        assertThat(counted(plan, "distinct")).isEqualTo(referenced.size());
        assertThat(counted(plan, "missing"))
                .isEqualTo(referenced.size() - stored.size())
                .isPositive();
        assertThat(counted(plan, "bytes")).isEqualTo((long) stored.size() * migration.objectSize());
        assertThat(plan).contains("\"access\":\"eq_ref\",\"index\":\"PRIMARY\"");
    }

    @Test
    void estimatesOfTheSampleContainTheTruth(EmulatedMigration migration) throws SQLException {
        migration.seed(510);
        String plan = plan(migration, "plan", "--sample", "100", "--json");

        assertThat(counted(plan, "records")).isEqualTo(migration.number("SELECT COUNT(*)" + LEGACY));
        assertThat(plan).contains("\"looked\":100,\"unread\":0").contains("\"newKey\":\"");
        long distinct = migration.number("SELECT COUNT(DISTINCT BINARY avatar_key)" + LEGACY);
        Matcher estimate = figure(plan, "distinct");
        assertThat(Double.parseDouble(estimate.group(2))).isLessThanOrEqualTo((double) distinct);
        assertThat(Double.parseDouble(estimate.group(3))).isGreaterThanOrEqualTo((double) distinct);
    }

    /** A figure whose range is the figure itself. */
    private static long counted(String plan, String name) {
        Matcher figure = figure(plan, name);
        assertThat(figure.group(2)).as(name + " is counted").isEqualTo(figure.group(3));
        return (long) Double.parseDouble(figure.group(1));
    }

    /** Value, low and high of a figure. */
    private static Matcher figure(String plan, String name) {
        Matcher figure = Pattern.compile(
                        "\"" + name + "\":\\{\"value\":([0-9.E]+),\"low\":([0-9.E]+),\"high\":([0-9.E]+),")
                .matcher(plan);
        assertThat(figure.find()).as(name + " in " + plan).isTrue();
        return figure;
    }

    private static String plan(EmulatedMigration migration, String... arguments) {
        String plan = new Operator(migration).expect(0, arguments);
        return plan.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no JSON in " + plan));
    }
}
