package dev.rehome.store.s3;

/** The same with the lean engine. */
class ConnectionCutLeanIT extends ConnectionCutIT {
    @Override
    String engine() {
        return "lean";
    }
}
