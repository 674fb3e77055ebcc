package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;

/** Asserts how programs end. */
final class Endings {
    private Endings() {}

    /** Waits until a program ends, for as long as a whole migration may take; a wrong exit code shows the end of its log. */
    static MigrationProgram assertEnds(int exitCode, MigrationProgram program) {
        assertThat(program.exitCode(Await.RUN)).as(program.tail()).isEqualTo(exitCode);
        return program;
    }

    /** Runs a producer and a consumer until the producer ends with this exit code; returns the producer. */
    static MigrationProgram assertMigrates(int exitCode, EmulatedMigration migration) {
        MigrationProgram producer = migration.producer();
        migration.consumer();
        return assertEnds(exitCode, producer);
    }
}
