package dev.rehome.store.s3;

/** The same with the lean engine. */
class OrdinaryCopyLeanIT extends OrdinaryCopyTest {
    @Override
    String engine() {
        return "lean";
    }
}
