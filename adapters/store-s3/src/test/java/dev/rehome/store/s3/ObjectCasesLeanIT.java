package dev.rehome.store.s3;

/** The same with the lean engine. */
class ObjectCasesLeanIT extends ObjectCasesTest {
    @Override
    String engine() {
        return "lean";
    }
}
