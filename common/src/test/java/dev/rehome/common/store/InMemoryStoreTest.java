package dev.rehome.common.store;

class InMemoryStoreTest extends ServerSideCopyContract {
    private final InMemoryStore store = new InMemoryStore(SOURCE_BUCKET, TARGET_BUCKET);

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void put(Location location, StoredObject object) {
        store.put(location, object);
    }

    @Override
    protected StoredObject get(Location location) {
        return store.get(location);
    }
}
