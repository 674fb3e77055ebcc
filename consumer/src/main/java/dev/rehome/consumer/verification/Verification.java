package dev.rehome.consumer.verification;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The walk over everything that was migrated, a window at a time. For one thread. */
final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final MigratedRecords records;
    private final ObjectLooks objects;
    private final Predicate<MigratedRecord> sample;
    private final UnaryOperator<Finding> repair;
    private final FindingFile file;
    private final InstantSource time;
    private final Tally tally = new Tally();
    private Instant lastLine;

    /**
     * Makes it.
     *
     * @param sample which references are looked at; asked once for each, in their order
     * @param repair puts a finding right, or answers it as it is
     */
    Verification(
            MigratedRecords records,
            ObjectLooks objects,
            Predicate<MigratedRecord> sample,
            UnaryOperator<Finding> repair,
            FindingFile file,
            InstantSource time) {
        this.records = records;
        this.objects = objects;
        this.sample = sample;
        this.repair = repair;
        this.file = file;
        this.time = time;
        this.lastLine = time.instant();
    }

    /**
     * Walks to the end.
     *
     * @throws VerificationFailed when the store can't be asked
     * @throws Unavailable when the database can't be asked for a while
     */
    Tally run() {
        long total = records.count();
        Optional<MigratedRecord.MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = records.page(end);
            check(page.records());
            end = page.end();
            progress(total);
        } while (end.isPresent());
        return tally;
    }

    private void check(List<MigratedRecord> window) {
        objects.begin();
        Map<Ends, CompletableFuture<Look>> looks = new LinkedHashMap<>();
        Map<MigratedRecord, Ends> references = new LinkedHashMap<>();
        for (MigratedRecord record : window) {
            if (record.reference() != Reference.HELD) {
                tally.notOurs(record.reference());
            } else if (sample.test(record)) {
                Ends ends = new Ends(record.oldLocation(), record.newLocation());
                references.put(record, ends);
                looks.computeIfAbsent(ends, objects::at);
            } else {
                tally.passedOver();
            }
        }
        references.forEach((record, ends) -> judge(record, joined(looks.get(ends))));
    }

    private void judge(MigratedRecord record, Look look) {
        Optional<Finding> finding = Finding.of(record, look.target(), look.source());
        if (finding.isEmpty()) {
            tally.right();
            return;
        }
        // The application may have changed the row and removed its object while we looked.
        Reference now = records.reread(record).reference();
        if (now != Reference.HELD) {
            tally.notOurs(now);
            return;
        }
        Finding result = repair.apply(finding.get());
        tally.found(result);
        file.write(result);
    }

    private static Look joined(CompletableFuture<Look> look) {
        try {
            return look.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof VerificationFailed reason) {
                throw reason;
            }
            throw failed;
        }
    }

    private void progress(long total) {
        if (Duration.between(lastLine, time.instant()).compareTo(PROGRESS) >= 0) {
            lastLine = time.instant();
            LOG.info(String.format(
                    Locale.ROOT,
                    "%,d of about %,d records read, %,d looked at, %,d findings",
                    tally.read(),
                    total,
                    tally.lookedAt(),
                    tally.left()));
        }
    }
}
