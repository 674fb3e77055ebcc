package dev.rehome.consumer.verification;

/** What can be wrong with a reference. The names stand in the report and in the file of findings. */
enum FindingKind {
    /** Nothing is at the target. */
    MISSING("the row points at nothing; `consumer verify --repair` copies the object again while the source is there"),
    /** The target has another ETag than the copy had. */
    TARGET_CHANGED("somebody wrote another object over the copy; right if it was the application"),
    /** The source was written after its copy. */
    SOURCE_OVERWRITTEN("the row has the earlier bytes; compare the two objects and copy the right one by hand"),
    /** The two hold other bytes, though neither was written since the copy. */
    CONTENT_DIFFERS("the copy is not the source's; look at both objects, then copy by hand"),
    /** The store refuses to tell. */
    UNREADABLE("grant the missing permission and verify again");

    private final String advice;

    FindingKind(String advice) {
        this.advice = advice;
    }

    /** What it means and what an operator does about it, in one clause. */
    String advice() {
        return advice;
    }
}
