package dev.rehome.producer.audit;

/** Receives the results of an audit one by one. */
@FunctionalInterface
public interface AuditResults {
    /** Something doesn't agree, or is worth a note. */
    void found(AuditFinding finding);

    /** A legacy object isn't needed any more: no row refers to it, and its copy is proven. */
    default void proven(CopiedObject object) {}

    /** A legacy object exists, and a row holds its key. */
    default void referenced() {}
}
