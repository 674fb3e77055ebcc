package dev.rehome.emulation.model;

import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.Ledger;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.PendingScaleDown;
import dev.rehome.common.catalog.RunLedger;

/** A ledger whose calls can crash or be interrupted by other processes. */
record FatedLedger(Fate fate, Ledger ledger) implements Ledger {
    @Override
    public OutcomeLedger outcomes() {
        return fate.over(OutcomeLedger.class, ledger.outcomes());
    }

    @Override
    public BatchLedger batches() {
        return fate.over(BatchLedger.class, ledger.batches());
    }

    @Override
    public RunLedger runs() {
        return fate.over(RunLedger.class, ledger.runs());
    }

    @Override
    public PendingScaleDown scaleDown() {
        return fate.over(PendingScaleDown.class, ledger.scaleDown());
    }

    @Override
    public LeaderLock lock() {
        return fate.over(LeaderLock.class, ledger.lock());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
