package dev.rehome.common.catalog;

/**
 * The permanent state of a migration: outcomes, batch totals, runs, the operators' changes, and the leader's lock. Safe for
 * use by several threads.
 */
public interface Ledger extends ConsumerLedger {
    /** The totals of finished batches. */
    BatchLedger batches();

    /** How the records ended. */
    RecordedOutcomes recorded();

    /** The failed records, and the way to make them pending again. */
    FailureLedger failures();

    /** Whether the services of a completed run still have to be scaled to zero. */
    PendingScaleDown scaleDown();

    /** The operators' changes. */
    ControlLedger control();

    /** Which events the webhook's receiver has. */
    EventLedger events();

    /** This producer's lock; the same object at each call. */
    LeaderLock lock();
}
