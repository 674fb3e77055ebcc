package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.RowSampler;
import dev.rehome.common.process.Plural;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.producer.plan.Estimate;
import dev.rehome.producer.plan.Forecasts;
import dev.rehome.producer.plan.FullInventory;
import dev.rehome.producer.plan.KeyRisks;
import dev.rehome.producer.plan.ObjectEstimates;
import dev.rehome.producer.plan.ObjectSample;
import dev.rehome.producer.plan.PlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks everything and estimates the work of a run. Changes nothing. Reads a bounded number of rows and objects unless a
 * full plan is requested.
 *
 * @param preflight the checks
 * @param manifest the manifest, if the settings name one
 * @param buckets the buckets, and the rule of new keys
 * @param forecasts time and cost
 * @param options how much is read
 * @param progress shows the current step
 */
record Plan(
        Preflight preflight,
        RunManifest manifest,
        Buckets buckets,
        Forecasts forecasts,
        Options options,
        ProgressLine progress) {
    /** Tables of up to this many rows are counted in full; the count takes a few seconds then. */
    private static final long COUNTED_ROWS = 1_000_000;

    private static final int LEAST_PLACES = 2_000;
    private static final int EXAMPLES = 3;
    /** How many windows of the column are read for examples when the sample has none. */
    private static final int EXAMPLE_WINDOWS = 20;

    /**
     * How much is read.
     *
     * @param migration the heading
     * @param objects how many objects are inspected
     * @param full whether all rows are counted, all keys read and the legacy bucket listed
     * @param batchSize records of a batch
     * @param keyRules the keys that objects may have
     */
    record Options(String migration, int objects, boolean full, int batchSize, ObjectKeyRules keyRules) {}

    /** Makes the plan. */
    PlanReport make() {
        progress.begin("Checking settings, database, queue and buckets");
        Inspection checked = preflight.check();
        List<PreflightFinding> findings = new ArrayList<>(checked.findings());
        Optional<PlanReport.Work> work =
                checked.table().filter(table -> manifest.isKnown()).map(table -> work(table, findings));
        progress.close();
        return new PlanReport(options.migration(), findings, work);
    }

    private PlanReport.Work work(CatalogTable table, List<PreflightFinding> findings) {
        RowSampler sampler = table.sampler();
        long rows = sampler.estimatedRows();
        progress.begin("Reading a sample of rows");
        RowSampler.Sample sample = sampler.sample(Math.max(LEAST_PLACES, 4 * options.objects()));
        List<String> sampled =
                sample.locations().stream().filter(this::isWanted).toList();
        boolean counts = options.full() || rows <= COUNTED_ROWS;
        RecordCount count = counts ? RecordCount.of(manifest, table, progress) : RecordCount.NONE;
        Estimate records =
                counts ? Estimate.exact(count.records(), "all rows counted") : estimate(rows, sample, sampled);
        KeyRisks risks = new KeyRisks(options.keyRules(), table.capacity());
        Optional<FullInventory> inventory = inventory(table, risks, findings);
        if (!options.full()) {
            sampled.forEach(key -> risks.add(key, newKey(key)));
        }
        ObjectSample sampledObjects = sample(sampled);
        PlanReport.ObjectTotals objects = inventory
                .map(all -> ObjectEstimates.counted(all, sampledObjects))
                .orElseGet(() -> ObjectEstimates.estimated(records, sampled, sampledObjects));
        findings.addAll(findings(count, records, risks.found()));
        return new PlanReport.Work(
                isByManifest(),
                records,
                new PlanReport.Keys(
                        options.full() ? count.records() : sampled.size(),
                        risks.found(),
                        examples(table, sampled, records)),
                objects,
                new PlanReport.Update(table.update().statement(), table.updatePlan(), options.batchSize()),
                forecasts.of(records, objects.bytes()));
    }

    private static Estimate estimate(long rows, RowSampler.Sample sample, List<String> sampled) {
        String basis = String.format(
                Locale.ROOT,
                "the server's statistics of about %,d rows, and %,d sampled rows%s",
                rows,
                sample.rows(),
                sample.spread() ? " from all over the table" : " from its beginning, because its key can't be divided");
        // InnoDB extrapolates the number of rows from a few pages.
        Estimate all = new Estimate(rows, 0.8 * rows, 1.25 * rows, basis);
        return sample.rows() == 0
                ? Estimate.exact(0, basis)
                : Estimate.share(sampled.size(), sample.rows(), basis).times(all, basis);
    }

    private Optional<FullInventory> inventory(CatalogTable table, KeyRisks risks, List<PreflightFinding> findings) {
        if (!options.full()) {
            return Optional.empty();
        }
        FullInventory inventory = new FullInventory(progress);
        inventory.read(table.locations(), this::isWanted, key -> risks.add(key, newKey(key)));
        try {
            inventory.list(buckets.lister(), buckets.source(isByManifest() ? "" : keys().legacy()));
            return Optional.of(inventory);
        } catch (Rejected | Unavailable trouble) {
            findings.add(PreflightFinding.warning("The legacy bucket can't be listed, so objects are estimated from a"
                    + " sample: " + trouble.getMessage()));
            return Optional.empty();
        }
    }

    /** Objects of records that are spread evenly over the sample. */
    private ObjectSample sample(List<String> sampled) {
        int count = Math.min(options.objects(), sampled.size());
        progress.begin("Inspecting objects", count);
        List<ObjectSample.Pair> pairs = IntStream.range(0, count)
                .mapToObj(i -> sampled.get((int) ((long) i * sampled.size() / count)))
                .map(key ->
                        new ObjectSample.Pair(buckets.source(key), newKey(key).map(buckets::target)))
                .toList();
        return ObjectSample.of(pairs, buckets.inspector(), progress::done);
    }

    private List<PreflightFinding> findings(RecordCount count, Estimate records, List<KeyRisks.Found> risks) {
        List<PreflightFinding> findings = new ArrayList<>();
        if (records.value() == 0) {
            findings.add(PreflightFinding.warning(
                    isByManifest()
                            ? "No row holds a key of the manifest: compare one of its keys with the column byte for"
                                    + " byte, and check MANIFEST_ENCODING and MANIFEST_FIELDS."
                            : "No row holds a key that starts with " + keys().legacy()
                                    + ": check LEGACY_S3_OBJECT_PREFIX and TABLE_COLUMN_NAME_TO_UPDATE."));
        }
        long tooLong = risks.stream()
                .filter(each -> each.risk() == KeyRisks.Risk.COLUMN)
                .mapToLong(KeyRisks.Found::keys)
                .sum();
        if (Math.max(count.tooLong(), tooLong) > 0) {
            findings.add(
                    PreflightFinding.refused(
                            Plural.of(Math.max(count.tooLong(), tooLong), "record")
                                    + " would get a new key that is longer than the column: widen the column, or shorten the new keys."));
        }
        return findings;
    }

    private List<PlanReport.Example> examples(CatalogTable table, List<String> sampled, Estimate records) {
        List<PlanReport.Example> examples = new ArrayList<>();
        int count = Math.min(EXAMPLES, sampled.size());
        for (int i = 0; i < count; i++) {
            String key = sampled.get((int) ((long) i * sampled.size() / count));
            examples.add(new PlanReport.Example(key, newKey(key)));
        }
        LocationScanner scanner = table.locations();
        Optional<RowKey> position = Optional.empty();
        for (int window = 0; window < EXAMPLE_WINDOWS && examples.isEmpty(); window++) {
            LocationScanner.Page page = scanner.page(position);
            page.locations().stream()
                    .filter(location -> records.value() == 0 || isWanted(location))
                    .limit(EXAMPLES)
                    .forEach(location -> examples.add(new PlanReport.Example(location, newKey(location))));
            position = page.end();
            if (position.isEmpty()) {
                break;
            }
        }
        return examples;
    }

    private TargetKeyRule keys() {
        return buckets.migration().keys();
    }

    private boolean isByManifest() {
        return manifest.validated().isPresent();
    }

    private boolean isWanted(String location) {
        return manifest.validated().map(listed -> listed.contains(location)).orElseGet(() -> keys().isLegacy(location));
    }

    /** Empty if only the manifest has the new key, or the record can't be published. */
    private Optional<String> newKey(String key) {
        return isByManifest() || !keys().isLegacy(key) || keys().remainsLegacy(key)
                ? Optional.empty()
                : Optional.of(keys().targetOf(key));
    }
}
