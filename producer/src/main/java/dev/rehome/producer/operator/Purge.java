package dev.rehome.producer.operator;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.ReferenceLookup;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectDeleter;
import dev.rehome.common.store.ObjectDeleter.Deletion;
import dev.rehome.common.store.ObjectDeleter.Expected;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.SameContent;
import dev.rehome.common.store.StoreResult;
import dev.rehome.producer.Buckets;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.operator.PurgeReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Deletes legacy objects, window by window. Right before their deletion, the objects at both ends are compared again, and
 * then the rows that refer to the legacy ones are looked up. For one thread.
 *
 * @param refusal returns why nothing may be deleted; asked before each window
 * @param rows looks up the rows that refer to legacy objects
 * @param helpers does requests beside the caller
 * @param report receives the outcome for each object
 */
record Purge(
        ExclusiveSteps steps,
        Supplier<Optional<String>> refusal,
        ReferenceLookup rows,
        Buckets buckets,
        Executor helpers,
        DeletionRate rate,
        PurgeReport report) {
    /** An object as it was inspected; {@code outcome} is empty when it may be deleted. */
    private record Inspected(Expected object, Optional<Outcome> outcome, String detail) {
        String key() {
            return object.location().objectKey();
        }
    }

    /**
     * Deletes those objects of a window that aren't needed any more, and reports each.
     *
     * @throws Rejected when nothing may be deleted, or the store denies every deletion
     */
    void purge(List<CopiedObject> window) {
        Optional<String> reason = steps.run(refusal);
        if (reason.isPresent()) {
            throw new Rejected(reason.get());
        }
        List<Inspected> inspected =
                BoundedParallel.run(helpers, ExclusiveWork.PARALLEL, window.size(), i -> inspected(window.get(i)));
        List<Inspected> proven =
                inspected.stream().filter(each -> each.outcome().isEmpty()).toList();
        Set<String> held = steps.patiently(
                () -> rows.held(proven.stream().map(Inspected::key).toList()));
        List<Expected> unreferenced = new ArrayList<>();
        for (Inspected each : inspected) {
            if (each.outcome().isPresent()) {
                report.add(each.outcome().get(), each.key(), each.detail());
            } else if (held.contains(each.key())) {
                report.add(Outcome.REFERENCED, each.key(), "");
            } else {
                unreferenced.add(each.object());
            }
        }
        delete(unreferenced);
    }

    private Inspected inspected(CopiedObject object) {
        Location location = buckets.source(object.oldKey());
        StoreResult<Optional<ObjectStat>> source =
                steps.patiently(() -> buckets.inspector().stat(location));
        if (source.value().filter(Optional::isEmpty).isPresent()) {
            return new Inspected(new Expected(location, Optional.empty()), Optional.of(Outcome.GONE), "");
        }
        StoreResult<Optional<ObjectStat>> target =
                steps.patiently(() -> buckets.inspector().stat(buckets.target(object.newKey())));
        Optional<String> unreadable = source.refusal().or(target::refusal).map(Refusal::message);
        if (unreadable.isPresent()) {
            return new Inspected(
                    new Expected(location, Optional.empty()), Optional.of(Outcome.UNREADABLE), unreadable.get());
        }
        ObjectStat original = source.orElseThrow().orElseThrow();
        return new Inspected(
                new Expected(location, original.proof()), problem(object, original, target.orElseThrow()), "");
    }

    /**
     * Why an object must stay; empty when its content is proven to be at the target. Where the store's metadata doesn't show
     * whether the contents are equal, as after a multipart copy, the recorded ETag proves that the target is the copy, and
     * a source that is older than the copy is the object that was copied.
     */
    private static Optional<Outcome> problem(CopiedObject object, ObjectStat original, Optional<ObjectStat> target) {
        Optional<ObjectStat> copy =
                target.filter(found -> found.proof().map(ContentProof::value).equals(Optional.of(object.proof())));
        if (copy.isEmpty()) {
            return Optional.of(Outcome.UNPROVEN);
        }
        SameContent content = original.compareContent(copy.get());
        boolean isOlder = original.modified().isBefore(copy.get().modified());
        return content == SameContent.SAME || (content == SameContent.UNKNOWN && isOlder)
                ? Optional.empty()
                : Optional.of(Outcome.OVERWRITTEN);
    }

    private void delete(List<Expected> unreferenced) {
        List<Refusal> denials = new ArrayList<>();
        int done = 0;
        while (done < unreferenced.size()) {
            int next = done + rate.take(Math.min(ObjectDeleter.LIMIT, unreferenced.size() - done));
            denials.addAll(deleteSome(unreferenced.subList(done, next)));
            done = next;
            boolean hasDeleted = report.count(Outcome.DELETED) + report.count(Outcome.HIDDEN) > 0;
            if (!hasDeleted && denials.size() == done && done >= Math.min(ObjectDeleter.LIMIT, unreferenced.size())) {
                throw new Rejected("The store denies every deletion; stopping the purge: "
                        + denials.get(0).message());
            }
        }
    }

    /** Returns the refusals that aren't about one object. */
    private List<Refusal> deleteSome(List<Expected> some) {
        List<StoreResult<Deletion>> results =
                steps.patiently(() -> buckets.deleter().delete(some));
        List<Refusal> denials = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            String key = some.get(i).location().objectKey();
            Optional<Refusal> refused = results.get(i).refusal();
            if (refused.isPresent()) {
                report.add(Outcome.REFUSED, key, refused.get().message());
                refused.filter(refusal -> refusal.scope() != Refusal.Scope.OBJECT)
                        .ifPresent(denials::add);
            } else {
                boolean isHidden = results.get(i).orElseThrow() == Deletion.HIDDEN;
                report.add(isHidden ? Outcome.HIDDEN : Outcome.DELETED, key, "");
            }
        }
        return denials;
    }
}
