package dev.rehome.common.catalog;

/** What a migration remembers: outcomes, batch totals, runs, what operators changed, and which producer leads. Safe for use by several threads. */
public interface Ledger extends ConsumerLedger {
    /** The totals of finished batches. */
    BatchLedger batches();

    /** How the records ended. */
    RecordedOutcomes recorded();

    /** The failed records, and the way to make them pending again. */
    FailureLedger failures();

    /** Whether the services of a completed run still have to be scaled to zero. */
    PendingScaleDown scaleDown();

    /** What operators changed. */
    ControlLedger control();

    /** Which events the webhook's receiver has. */
    EventLedger events();

    /** This producer's lock; the same object at each call. */
    LeaderLock lock();
}
