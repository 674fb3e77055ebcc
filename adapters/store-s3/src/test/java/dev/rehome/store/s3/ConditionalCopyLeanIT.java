package dev.rehome.store.s3;

/** The same with the lean engine. */
class ConditionalCopyLeanIT extends ConditionalCopyTest {
    @Override
    String engine() {
        return "lean";
    }
}
