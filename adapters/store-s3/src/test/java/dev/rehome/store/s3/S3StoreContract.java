package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ServerSideCopyContract;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of stores, and what goes beyond it, on a real server of the S3 protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3StoreContract extends ServerSideCopyContract {
    private static final Map<String, String> SMALL_PARTS =
            Map.of("MULTIPART_THRESHOLD_BYTES", "6291456", "MULTIPART_PART_BYTES", "5242880");
    private static final int SEVEN_MEBIBYTES = 7 << 20;
    private static final int DRAWN = 200;

    S3Server server;
    private S3Store store;

    /** Starts the server with the buckets source and target. */
    abstract S3Server start() throws Exception;

    /** Names of the {@link NastyKeys} that this server can't hold, however they are sent. */
    Set<String> keysThatTheServerRefuses() {
        return Set.of();
    }

    /** Whether this server can hold a drawn key, however it is sent. */
    boolean holds(String key) {
        return true;
    }

    @BeforeAll
    void open() throws Exception {
        server = start();
        store = server.store(Map.of());
    }

    @AfterAll
    void close() throws Exception {
        store.close();
        server.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void put(Location location, StoredObject object) {
        server.put(location, object);
    }

    @Override
    protected StoredObject get(Location location) {
        return server.get(location);
    }

    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.NastyKeys#all")
    void nastyKeyArrivesByteForByte(NastyKeys.Case nasty) {
        assumeThat(keysThatTheServerRefuses()).doesNotContain(nasty.name());
        Location from = new Location(SOURCE_BUCKET, nasty.key());
        Location to = new Location(TARGET_BUCKET, nasty.key());
        StoredObject object = StoredObject.of(nasty.name());
        put(from, object);
        assertThat(copied(from, to).moved()).isTrue();
        assertThat(get(to)).isEqualTo(object);
        assertThat(get(from)).isEqualTo(object);
        assertThat(copied(from, to).moved()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.NastyKeys#refused")
    void keyThatCannotBeNamedIsRefusedWithAReason(NastyKeys.Case nasty, FailureCode code) {
        assertThat(refused(new Location(SOURCE_BUCKET, nasty.key()), new Location(TARGET_BUCKET, "new"))
                        .code())
                .isEqualTo(code);
        assertThat(refused(new Location(SOURCE_BUCKET, "old"), new Location(TARGET_BUCKET, nasty.key()))
                        .code())
                .isEqualTo(code);
    }

    /**
     * Each object's text is its legacy key, so that a key that something on the way took for another shows. Repeated with
     * {@code -Dproperty.first=SEED}.
     */
    @Test
    void drawnKeysArriveByteForByteOrAreRefusedWithAReason() {
        long seed = Long.getLong("property.first", 1);
        Draw draw = new Draw(seed);
        String folder = "drawn/" + UUID.randomUUID() + "/";
        Map<String, CompletionStage<CopyResult>> copies = new LinkedHashMap<>();
        for (int number = 0; copies.size() < DRAWN; number++) {
            String key = DrawnKeys.key(draw, number);
            if (holds(key)) {
                Location from = new Location(SOURCE_BUCKET, key);
                if (DrawnKeys.refusals(key).isEmpty()) {
                    put(from, StoredObject.of(hex(key)));
                }
                copies.put(key, store.copies().copy(from, new Location(TARGET_BUCKET, folder + key)));
            }
        }
        copies.forEach((key, copy) -> {
            CopyResult result = copy.toCompletableFuture().join();
            Set<FailureCode> refusals = DrawnKeys.refusals(folder + key);
            refusals.addAll(DrawnKeys.refusals(key));
            if (refusals.isEmpty()) {
                assertThat(result).as("seed %d: '%s'", seed, key).isInstanceOf(CopyResult.Copied.class);
                assertThat(get(new Location(TARGET_BUCKET, folder + key)).text())
                        .as("seed %d: what is at '%s'", seed, key)
                        .isEqualTo(hex(key));
            } else {
                assertThat(result).as("seed %d: '%s'", seed, key).isInstanceOf(CopyResult.Refused.class);
                assertThat(refusals).contains(((CopyResult.Refused) result).code());
            }
        });
    }

    private static String hex(String key) {
        return HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void largeObjectArrivesInParts() throws Exception {
        String key = UUID.randomUUID() + "/large +";
        Location from = new Location(SOURCE_BUCKET, key);
        Location to = new Location(TARGET_BUCKET, key);
        StoredObject object = StoredObject.of("seven b".repeat(SEVEN_MEBIBYTES / 7));
        put(from, object);
        try (S3Store small = server.store(SMALL_PARTS)) {
            CopyResult.Copied first = copied(small, from, to);
            assertThat(first.moved()).isTrue();
            assertThat(first.etag()).endsWith("-2");
            assertThat(get(to)).isEqualTo(object);
            assertThat(copied(small, from, to).moved()).isFalse();
            assertThat(server.openUploads(TARGET_BUCKET)).isZero();
        }
    }

    @Test
    void overwriteReplacesOtherContent() {
        String key = UUID.randomUUID() + "/overwritten";
        Location from = new Location(SOURCE_BUCKET, key);
        Location to = new Location(TARGET_BUCKET, key);
        put(from, StoredObject.of("content"));
        put(to, StoredObject.of("CONTENT"));
        try (S3Store overwriting = server.store(Map.of("OVERWRITE_TARGETS", "true"))) {
            assertThat(copied(overwriting, from, to).moved()).isTrue();
        }
        assertThat(get(to).text()).isEqualTo("content");
    }

    private static CopyResult.Copied copied(Store store, Location from, Location to) {
        return (CopyResult.Copied)
                store.copies().copy(from, to).toCompletableFuture().join();
    }
}
