package dev.rehome.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.FailureCode;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest extends TransferContract {
    private final InMemoryStore store = new InMemoryStore(SOURCE, TARGET);

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Transfer transfer() {
        return store.transfer();
    }

    @Override
    protected TransferCheck transferCheck() {
        return store.transferCheck();
    }

    @Override
    protected void put(Location location, StoredObject object) {
        store.put(location, object);
    }

    @Override
    protected StoredObject get(Location location) {
        return store.get(location);
    }

    @Test
    void unavailableStoreChangesNothing() {
        put(location("1"), StoredObject.of("content"));
        store.setFault(StoreFault.unavailable(any -> true));
        assertThatThrownBy(() -> copied(location("1"), targetLocation("1")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.inspector().orElseThrow().stat(location("1")))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(get(targetLocation("1"))).isNull();

        store.setFault(StoreFault.NONE);
        assertThat(copied(location("1"), targetLocation("1"))).isNotNull();
    }

    @Test
    void copyWhoseResponseIsLostTookEffect() {
        put(location("1"), StoredObject.of("content"));
        store.setFault(StoreFault.lostResponses());
        assertThatThrownBy(() -> copied(location("1"), targetLocation("1"))).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(get(targetLocation("1"))).isNotNull();
    }

    @Test
    void refusalOnDemandIsReturned() {
        put(location("1"), StoredObject.of("content"));
        store.setFault(StoreFault.refusing(any -> true, Refusal.ofObject(FailureCode.ARCHIVED, "archived")));
        assertThat(refused(location("1"), targetLocation("1")).code()).isEqualTo(FailureCode.ARCHIVED);
    }
}
