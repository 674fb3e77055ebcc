package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.S3FaultProxy;
import dev.rehome.emulation.fault.S3FaultProxy.Fault;
import dev.rehome.emulation.fault.S3FaultProxy.S3Error;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole migrations while S3 returns errors: temporarily or permanently, for one object, some or all. */
@ExtendWith(EmulatedMigrationExtension.class)
final class S3FaultsIT {
    private static final S3Error INTERNAL = new S3Error(500, "InternalError", "We encountered an internal error.");
    private static final S3Error DENIED = new S3Error(403, "AccessDenied", "Access Denied");
    private static final S3Error[] PASSING = {
        INTERNAL,
        new S3Error(503, "SlowDown", "Please reduce your request rate."),
        new S3Error(503, "ServiceUnavailable", "Service is unable to handle request."),
        new S3Error(400, "ExpiredToken", "The provided token has expired.")
    };

    private static final int ROWS = 140;

    @Test
    void stormFailsNoRecordAndCountsNoAttempt(EmulatedMigration migration) throws SQLException {
        // No lease expires on a busy machine, because that would count as an attempt.
        migration.seed(ROWS).with("LEASE_SECONDS", 60);
        try (S3FaultProxy s3 = new S3FaultProxy(migration);
                QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            Fault storm = s3.fail(200, request -> request.concerns(SampleRow::isLegacy), PASSING);
            MigrationProgram producer = start(migration);
            long[] attempts = {0};
            Await.until("the producer ends", Await.RUN, () -> {
                attempts[0] = Math.max(attempts[0], queue.attempts());
                return !producer.isAlive();
            });
            assertThat(storm.injected()).isEqualTo(200);
            assertThat(attempts[0]).as("the most attempts of a batch").isOne();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void outageIsReportedWithinSecondsAndFailsNoRecord(EmulatedMigration migration) throws SQLException {
        migration.seed(40);
        try (S3FaultProxy s3 = new S3FaultProxy(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            Fault outage = s3.fail(request -> true, PASSING);
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            consumer.awaitLog("Nothing is copied: the store has served no call for");
            producer.awaitLog("1 of 1 consumer is stuck: the store has served no call for");
            for (MigrationProgram process : List.of(consumer, producer)) {
                // The response to HEAD has no body, and so no code.
                assertThat(process.log())
                        .containsPattern("WARN .*served no call for .* Last: .*(InternalError|SlowDown"
                                + "|ServiceUnavailable|ExpiredToken|HTTP status \\d+)");
            }
            outage.lift();
            guarantees.hold(producer, 0);
            assertThat(consumer.log()).contains("The store serves calls again");
        }
    }

    @Test
    void objectsThatS3NeverDeliversAreFailedRecordsAndAllOthersAreMigrated(EmulatedMigration migration)
            throws SQLException {
        migration.seed(ROWS).with("TRIES_PER_OBJECT", 3);
        Set<String> denied = LongStream.rangeClosed(1, 60)
                .mapToObj(SampleRow::of)
                .filter(row -> row.kind() == SampleRow.Kind.LEGACY)
                .map(SampleRow::location)
                .collect(Collectors.toSet());
        Map<String, S3Error> single = Map.of(
                SampleRow.of(125).location(), INTERNAL,
                SampleRow.of(129).location(), new S3Error(599, "NovelServerError", "Never seen before."),
                SampleRow.of(130).location(), new S3Error(418, "NovelClientError", "Nor this."));
        try (S3FaultProxy s3 = new S3FaultProxy(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            s3.fail(request -> request.concerns(denied::contains), DENIED);
            single.forEach((key, error) -> s3.fail(request -> request.concerns(key::equals), error));
            denied.forEach(migration.journal()::cannotBeMoved);
            single.keySet().forEach(migration.journal()::cannotBeMoved);
            MigrationProgram producer = start(migration);
            guarantees.hold(producer, 3);

            assertThat(migration.execute("SELECT CONCAT(code, ' ', COUNT(*)) FROM " + EmulatedMigration.MAPPING_TABLE
                            + " WHERE outcome = 'FAILED' AND run_no = 1 GROUP BY code ORDER BY code"))
                    .containsExactly("ACCESS_DENIED " + denied.size(), "REJECTED 1", "STORE_ERROR 2");
            for (Map.Entry<String, S3Error> each : single.entrySet()) {
                assertThat(migration.execute("SELECT message FROM " + EmulatedMigration.MAPPING_TABLE
                                + " WHERE outcome = 'FAILED' AND old_location = '" + each.getKey() + "'"))
                        .allMatch(message -> message.contains(
                                each.getValue().code() + ": " + each.getValue().message()));
            }
            assertThat(producer.log()).contains("ACCESS_DENIED: " + denied.size() + ";");
        }
    }

    @Test
    void denialOfEverythingFailsNoRecord(EmulatedMigration migration) throws SQLException {
        migration.seed(ROWS);
        try (S3FaultProxy s3 = new S3FaultProxy(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            // An unusable encryption key may affect one object or all, as a missing right may.
            Fault key = s3.fail(request -> true, new S3Error(400, "KMS.NotFoundException", "Not for you."));
            MigrationProgram producer = migration.producer();
            List<MigrationProgram> consumers = startConsumers(migration);
            producer.awaitLog("2 of 2 consumers are stuck: the store has denied every copy for");
            AtomicInteger requests = new AtomicInteger();
            Fault right = s3.fail(request -> requests.incrementAndGet() > 70, DENIED);
            key.lift();
            // The other one may still be stuck for the first reason.
            Await.until(
                    "a consumer is stuck again",
                    () -> right.injected() > 0
                            && consumers.stream().anyMatch(each -> each.log().contains("AccessDenied")));
            right.lift();
            guarantees.hold(producer, 0);
        }
    }

    @Test
    void settingThatS3RefusesStopsTheConsumersAndAMissingConditionDoesNot(EmulatedMigration migration)
            throws SQLException {
        migration.seed(40);
        try (S3FaultProxy s3 = new S3FaultProxy(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            Fault setting = s3.fail(
                    request -> request.method().equals("PUT"),
                    new S3Error(400, "InvalidStorageClass", "Not with this setting."));
            MigrationProgram producer = migration.producer();
            MigrationProgram consumer = migration.consumer();
            assertEnds(1, consumer);
            assertThat(consumer.log()).contains("refuses every object", "InvalidStorageClass");
            assertThat(migration.number("SELECT COUNT(*) FROM " + EmulatedMigration.MAPPING_TABLE))
                    .isZero();
            setting.lift();
            Fault condition = s3.fail(
                    S3FaultProxy.Request::conditional,
                    new S3Error(501, "NotImplemented", "A header is not implemented."));
            startConsumers(migration);
            guarantees.hold(producer, 0);
            assertThat(condition.injected()).isPositive();
        }
    }

    private static MigrationProgram start(EmulatedMigration migration) {
        MigrationProgram producer = migration.producer();
        startConsumers(migration);
        return producer;
    }

    /** The two consumers send their ordinary copies with different clients. */
    private static List<MigrationProgram> startConsumers(EmulatedMigration migration) {
        return List.of(
                migration.consumer(Map.of("COPY_ENGINE", "sdk")), migration.consumer(Map.of("COPY_ENGINE", "lean")));
    }
}
