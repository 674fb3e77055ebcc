package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Remains;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private final MemoryDatabase database =
            new MemoryDatabase(new TargetKeyRule("old", "new", KeyLayout.PREFIX), 3, new TestClock());
    private final MemoryCatalog catalog = database.open();
    private final List<String> dropped = new ArrayList<>();
    private long open;

    /** What somebody else does while the question is asked, until the lock is taken. */
    private Runnable meanwhile = () -> {};

    private final LeaderLock lock = new LeaderLock() {
        @Override
        public boolean acquire(Duration atMost) {
            meanwhile.run();
            return catalog.lock().acquire(atMost);
        }

        @Override
        public void close() {
            catalog.lock().close();
        }
    };
    private final Cleanup cleanup =
            new Cleanup(catalog.runs(), catalog.scaleDown(), () -> open, lock, remains("queue"), remains("ledger"));

    private Remains remains(String name) {
        return new Remains() {
            @Override
            public List<String> names() {
                return List.of(name);
            }

            @Override
            public void drop() {
                dropped.add(name);
            }
        };
    }

    /** Another producer starts a run and dies. */
    private void startRun() {
        try (MemoryCatalog other = database.open()) {
            assertThat(other.lock().acquire(Duration.ZERO)).isTrue();
            var unused = other.runs().startOrResume(Optional.empty());
        }
    }

    @Test
    void ledgerIsDroppedLast() {
        assertThat(cleanup.drop()).isEmpty();

        assertThat(dropped).containsExactly("queue", "ledger");
    }

    @Test
    void runThatStartsAfterTheFirstLookIsSeenUnderTheLock() {
        meanwhile = this::startRun;
        assertThat(cleanup.refusal()).isEmpty();

        assertThat(cleanup.drop()).get().asString().startsWith("Run 1 is in progress");

        assertThat(dropped).isEmpty();
    }

    @Test
    void batchThatIsPublishedAfterTheFirstLookIsSeenUnderTheLock() {
        meanwhile = () -> open = 1;

        assertThat(cleanup.drop()).get().asString().startsWith("1 batch is still open");

        assertThat(dropped).isEmpty();
    }

    @Test
    void nothingIsDroppedWhileAProducerLeads() {
        LeaderLock producer = database.open().lock();
        assertThat(producer.acquire(Duration.ZERO)).isTrue();

        assertThat(cleanup.drop()).get().asString().startsWith("A producer or another command holds the lock");

        assertThat(dropped).isEmpty();
    }
}
