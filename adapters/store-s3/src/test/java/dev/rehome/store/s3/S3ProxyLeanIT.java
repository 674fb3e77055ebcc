package dev.rehome.store.s3;

/** The contract with the lean engine. */
class S3ProxyLeanIT extends S3ProxyStoreIT {
    @Override
    String engine() {
        return "lean";
    }
}
