package dev.rehome.queue.redis;

import static dev.rehome.common.batch.TestBatches.RUN;
import static dev.rehome.common.batch.TestBatches.batch;
import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Eventually;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.BatchReaper.Recovered;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.queue.PublishResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis whose memory is full rejects new work as a whole and lets claimed work end. */
@ExtendWith(RedisServers.class)
class FullRedisIT {
    private final ThreeBatches batches;

    FullRedisIT(RedisServer redis) {
        this.batches = new ThreeBatches(redis);
    }

    @AfterEach
    void close() {
        batches.raw.client().configSet("maxmemory", "0");
        batches.close();
    }

    private void fill() {
        batches.raw.client().configSet("maxmemory", "1");
    }

    @Test
    void fullRedisRejectsNewWorkAndLetsOldWorkEnd() {
        fill();
        Map<String, Object> before = batches.dump();
        assertThatThrownBy(() -> batches.publish(4))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("OOM");
        assertThatThrownBy(() -> batches.producer.beginPass(2)).isInstanceOf(Unavailable.class);
        assertThat(batches.dump()).isEqualTo(before);

        assertThat(batches.producer.lead(RUN).pass()).isEqualTo(1);
        Lease first = batches.claim().orElseThrow().lease();
        assertThat(batches.consumer().heartbeat(first)).isTrue();
        assertThat(batches.consumer().complete(first)).isEqualTo(CompleteResult.DONE);
        batches.producer.requeue(id(1), "missing");
        Lease second = batches.claim().orElseThrow().lease();
        assertThat(batches.consumer().release(second, false)).isTrue();
        batches.claim();
        Eventually.holds(
                "the lease expires", () -> batches.queue.reaper().recover().toPending() == 1);
        batches.queue.reaper().reconcile();
        batches.queue.control().report("c", ConsumerReport.of(ConsumerReport.Activity.IDLE, ""));
        for (int each = 1; each <= 3; each++) {
            assertThat(batches.producer.finish(id(each))).isTrue();
        }
        assertThat(batches.dump()).containsOnlyKeys("scan", "consumers");

        batches.raw.client().configSet("maxmemory", "0");
        assertThat(batches.publish(4)).isEqualTo(PublishResult.PUBLISHED);
    }

    @Test
    void fullRedisLetsADeadLetterBeSplit() {
        String leases = new RedisKeys(batches.migration).leases();
        BatchReaper reaper = batches.queue.reaper();
        for (int claim = 0; claim < 9; claim++) {
            batches.claim();
            batches.raw.client().zadd(leases, 1, id(claim % 3 + 1).toString());
            Eventually.holds("the lease expires", () -> !reaper.recover().equals(new Recovered(0, 0)));
        }
        assertThat(batches.queue.reaper().dead(9)).containsExactly(id(1), id(2), id(3));
        fill();
        assertThat(batches.queue.reaper().split(id(1), List.of(batch(5, 5), batch(6, 6))))
                .isTrue();
        assertThat(batches.producer.depth().pending()).isEqualTo(2);
    }

    @Test
    void fullRedisLetsTheNextRunDropTheBatchesOfTheEarlierOne() {
        fill();
        assertThat(batches.queue
                        .publisher("next", run -> false)
                        .lead(RunId.start(1))
                        .pass())
                .isZero();
        assertThat(batches.producer.depth().open()).isZero();
    }
}
