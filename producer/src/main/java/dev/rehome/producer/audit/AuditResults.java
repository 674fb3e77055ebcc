package dev.rehome.producer.audit;

/** Receives the results of an audit one by one. */
@FunctionalInterface
public interface AuditResults {
    /** Something doesn't agree, or is worth a note. */
    void found(AuditFinding finding);

    /** A legacy object isn't needed any more, as far as the readings show. */
    default void proven(CopiedObject object) {}

    /** A legacy object is there whose key a row holds. */
    default void referenced() {}
}
