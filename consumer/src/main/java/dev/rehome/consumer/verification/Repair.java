package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.store.StoreCalls;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies missing objects again, with the engine of the migration and its rules: nothing that is at the target is
 * overwritten. Everything else is reported and left to people, for there a wrong guess loses bytes. For one thread.
 */
final class Repair {
    private final Store store;
    private final Transfer copies;
    private final StoreCalls calls;
    private final MigrationSettings migration;
    private final MigratedRecords records;
    /** New ETags by target: with KMS a second copy has another one, and further rows may name the same object. */
    private final Map<String, String> repaired = new HashMap<>();

    Repair(Store store, Transfer copies, StoreCalls calls, MigrationSettings migration, MigratedRecords records) {
        this.store = store;
        this.copies = copies;
        this.calls = calls;
        this.migration = migration;
        this.records = records;
    }

    /** Puts a finding right if it can. */
    Finding tried(Finding finding) {
        MigratedRecord record = finding.record();
        String known = repaired.get(record.newLocation());
        boolean ownCopy = known != null
                && (finding.kind() == FindingKind.MISSING
                        || finding.target()
                                .object()
                                .flatMap(ObjectStat::proof)
                                .map(proof -> proof.value().equals(known))
                                .orElse(false));
        if (ownCopy) {
            records.updateETag(record.id(), known);
            return finding.repairedNow();
        }
        return finding.kind() == FindingKind.MISSING ? copied(finding) : finding;
    }

    private Finding copied(Finding finding) {
        MigratedRecord record = finding.record();
        Location source = store.locate(migration.sourceBucket(), record.oldLocation());
        Location target = store.locate(migration.targetBucket(), record.newLocation());
        CopyResult result = calls.insist(source, () -> copies.copy(source, target), () -> false)
                .join();
        if (result instanceof CopyResult.Copied copy) {
            repaired.put(record.newLocation(), copy.proof().value());
            records.updateETag(record.id(), copy.proof().value());
            return finding.repairedNow();
        }
        Refusal refused = (Refusal) result;
        return finding.unrepaired(refused.code() + ": " + refused.message());
    }
}
