package dev.rehome.common.catalog;

/** The part of the ledger that a consumer uses. Safe for use by several threads. */
public interface ConsumerLedger extends AutoCloseable {
    /** The outcomes. The first call waits with {@code Unavailable} until a producer has prepared the ledger. */
    OutcomeLedger outcomes();

    /** The runs. */
    RunLedger runs();

    @Override
    void close();
}
