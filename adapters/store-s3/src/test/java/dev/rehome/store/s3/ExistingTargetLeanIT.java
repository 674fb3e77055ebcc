package dev.rehome.store.s3;

/** The same with the lean engine. */
class ExistingTargetLeanIT extends ExistingTargetTest {
    @Override
    String engine() {
        return "lean";
    }
}
