package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoredObject;
import dev.rehome.producer.plan.Estimate;
import dev.rehome.producer.plan.PlanJson;
import dev.rehome.producer.plan.PlanReport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures about objects, and what a plan without access to them leaves out. */
class PlanObjectsTest {
    private final MemoryPlan plan = new MemoryPlan();
    private final MemoryMigration migration = plan.migration;

    @Test
    void objectsAreEstimatedFromTheSample() {
        migration.withRows(4);
        plan.object("old/1", 10);
        plan.object("old/2", 10);
        plan.object("old/3", 10);
        plan.store.put(plan.store.locate("target", "new/1"), StoredObject.of("xxx"));

        PlanReport.ObjectTotals objects = plan.report().work().orElseThrow().objects();

        assertThat(objects.sample().missing()).containsExactly("old/4");
        assertThat(objects.sample().targetsDifferent()).containsExactly("new/1");
        assertThat(objects.largest()).isEqualTo(10);
        assertThat(objects.bytes().orElseThrow().value()).isEqualTo(40);
        assertThat(objects.bytes().orElseThrow().basis()).isEqualTo("a sample of 4 objects");
        assertThat(objects.missing().orElseThrow().value()).isEqualTo(1);
        assertThat(objects.missing().orElseThrow().high()).isGreaterThan(1);
    }

    @Test
    void newKeyThatHoldsOtherContentIsNamedWithTheCodeOfItsFailure() {
        migration.withRows(2);
        plan.object("old/1", 10);
        plan.store.put(plan.store.locate("target", "new/1"), StoredObject.of("xxx"));

        plan.make();

        assertThat(plan.text())
                .contains("1 of 2 new keys hold OTHER content already: their rows would fail with TARGET_CONFLICT")
                .contains("    taken: new/1\n");
    }

    @Test
    void everythingIsCountedInAFullPlan() {
        migration.withRows(4);
        migration.put(5, "old/1");
        plan.object("old/1", 10);
        plan.object("old/2", 30);
        plan.object("old/unreferenced", 1_000);
        plan.full = true;

        PlanReport.Work work = plan.report().work().orElseThrow();

        PlanReport.ObjectTotals objects = work.objects();
        assertThat(objects.distinct()).isEqualTo(Estimate.exact(4, "every key"));
        assertThat(objects.bytes().orElseThrow().value()).isEqualTo(40);
        assertThat(objects.bytes().orElseThrow().counted()).isTrue();
        assertThat(objects.largest()).isEqualTo(30);
        assertThat(objects.missing().orElseThrow().value()).isEqualTo(2);
        assertThat(work.forecast().requests().orElseThrow().counted()).isTrue();
        assertThat(work.forecast().storage().orElseThrow().counted()).isTrue();
    }

    @Test
    void fullPlanWithoutTheRightToListCountsEachKeyOnce() {
        migration.put(1, "old/a+b.png");
        plan.full = true;
        plan.store.setFault(
                StoreFault.refusing(location -> location.objectKey().equals(MemoryMigration.KEYS.legacy())));

        assertThat(plan.make()).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text())
                .contains("The legacy bucket can't be listed, so objects are estimated from a sample: no right")
                .contains("Keys at risk, of 1 looked at:\n    1 have characters");
    }

    @Test
    void storeThatDeniesAccessLeavesTheObjectsUnknown() {
        migration.withRows(2);
        plan.store.setFault(StoreFault.refusing(location -> true));

        assertThat(plan.make()).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text())
                .contains("2 of 2 sampled objects couldn't be inspected: no right")
                .doesNotContain("to copy");
    }

    @Test
    void jsonHasTheSameFiguresWithTheirBasis() {
        migration.withRows(4);
        plan.object("old/1", 10);

        JsonNode json = JsonMapper.builder().build().readTree(PlanJson.of(plan.report()));

        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.path("records").path("value").asInt()).isEqualTo(4);
        assertThat(json.path("records").path("basis").asString()).isEqualTo("all rows counted");
        assertThat(json.path("batches").path("count").asInt()).isEqualTo(2);
        assertThat(json.path("objects").path("sample").path("missing").size()).isEqualTo(3);
        assertThat(json.path("times").path(0).path("workSeconds").asInt()).isEqualTo(4);
        assertThat(json.path("costInDollars").path("verifying").path("value").asDouble())
                .isGreaterThan(0);
    }
}
