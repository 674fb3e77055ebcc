package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoredObject;
import dev.rehome.common.store.Transfer;
import dev.rehome.common.store.TransferCheck;
import dev.rehome.common.store.TransferContract;
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
abstract class S3StoreContract extends TransferContract {
    private static final Map<String, String> SMALL_PARTS =
            Map.of("MULTIPART_THRESHOLD_BYTES", "6291456", "MULTIPART_PART_BYTES", "5242880");
    private static final int SEVEN_MEBIBYTES = 7 << 20;
    private static final int DRAWN = 100;

    S3Server server;
    private S3Store store;

    /** Starts the server with the buckets source and target. */
    abstract S3Server start() throws Exception;

    /** The value of COPY_ENGINE. */
    String engine() {
        return "sdk";
    }

    /** Names of the {@link DifficultKeys} that this server can't hold, however they are sent. */
    Set<String> keysThatTheServerRefuses() {
        return Set.of();
    }

    /** Whether this server can hold a random key, however it is sent. */
    boolean holds(String key) {
        return true;
    }

    @BeforeAll
    void open() throws Exception {
        server = start();
        store = server.store(Map.of("COPY_ENGINE", engine()));
    }

    @AfterAll
    void close() throws Exception {
        store.close();
        server.close();
    }

    @Override
    protected Transfer transfer() {
        return store.serverSideCopy();
    }

    @Override
    protected TransferCheck transferCheck() {
        return store.copyCheck();
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
    @MethodSource("dev.rehome.store.s3.DifficultKeys#all")
    void difficultKeyArrivesByteForByte(DifficultKeys.Case nasty) {
        assumeThat(keysThatTheServerRefuses()).doesNotContain(nasty.name());
        Location from = new Location("s3", SOURCE, nasty.key());
        Location to = new Location("s3", TARGET, nasty.key());
        StoredObject object = StoredObject.of(nasty.name());
        put(from, object);
        assertThat(copied(from, to)).isNotNull();
        assertThat(get(to)).isEqualTo(object);
        assertThat(get(from)).isEqualTo(object);
        assertThat(copied(from, to)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.DifficultKeys#refused")
    void invalidKeyIsRefusedWithAReason(DifficultKeys.Case nasty, FailureCode code) {
        assertThat(refused(new Location("s3", SOURCE, nasty.key()), new Location("s3", TARGET, "new"))
                        .code())
                .isEqualTo(code);
        assertThat(refused(new Location("s3", SOURCE, "old"), new Location("s3", TARGET, nasty.key()))
                        .code())
                .isEqualTo(code);
    }

    /**
     * Each object's text is its legacy key, so that a key that something on the way took for another shows. Repeated with
     * {@code -Dproperty.first=SEED}.
     */
    @Test
    void randomKeysArriveByteForByteOrAreRefusedWithAReason() {
        long seed = Long.getLong("property.first", 1);
        Draw draw = new Draw(seed);
        String folder = "drawn/" + UUID.randomUUID() + "/";
        Map<String, CompletionStage<CopyResult>> copies = new LinkedHashMap<>();
        for (int number = 0; copies.size() < DRAWN; number++) {
            String key = RandomKeys.key(draw, number);
            if (holds(key)) {
                Location from = new Location("s3", SOURCE, key);
                if (RandomKeys.refusals(key).isEmpty()) {
                    put(from, StoredObject.of(hex(key)));
                }
                copies.put(key, store.serverSideCopy().copy(from, new Location("s3", TARGET, folder + key)));
            }
        }
        copies.forEach((key, copy) -> {
            CopyResult result = copy.toCompletableFuture().join();
            Set<FailureCode> refusals = RandomKeys.refusals(folder + key);
            refusals.addAll(RandomKeys.refusals(key));
            if (refusals.isEmpty()) {
                assertThat(result).as("seed %d: '%s'", seed, key).isInstanceOf(CopyResult.Copied.class);
                assertThat(get(new Location("s3", TARGET, folder + key)).text())
                        .as("seed %d: what is at '%s'", seed, key)
                        .isEqualTo(hex(key));
            } else {
                assertThat(result).as("seed %d: '%s'", seed, key).isInstanceOf(Refusal.class);
                assertThat(refusals).contains(((Refusal) result).code());
            }
        });
    }

    private static String hex(String key) {
        return HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void largeObjectArrivesInParts() throws Exception {
        String key = UUID.randomUUID() + "/large +";
        Location from = new Location("s3", SOURCE, key);
        Location to = new Location("s3", TARGET, key);
        StoredObject object = StoredObject.of("seven b".repeat(SEVEN_MEBIBYTES / 7));
        put(from, object);
        try (S3Store small = server.store(SMALL_PARTS)) {
            CopyResult.Copied first = copied(small, from, to);
            assertThat(first).isNotNull();
            assertThat(first.proof().value()).endsWith("-2");
            assertThat(get(to)).isEqualTo(object);
            assertThat(copied(small, from, to)).isNotNull();
            assertThat(server.openUploads(TARGET)).isZero();
        }
    }

    @Test
    void overwriteReplacesOtherContent() {
        String key = UUID.randomUUID() + "/overwritten";
        Location from = new Location("s3", SOURCE, key);
        Location to = new Location("s3", TARGET, key);
        put(from, StoredObject.of("content"));
        put(to, StoredObject.of("CONTENT"));
        try (S3Store overwriting = server.store(Map.of("OVERWRITE_TARGETS", "true"))) {
            assertThat(copied(overwriting, from, to)).isNotNull();
        }
        assertThat(get(to).text()).isEqualTo("content");
    }

    private static CopyResult.Copied copied(S3Store store, Location from, Location to) {
        return (CopyResult.Copied)
                store.serverSideCopy().copy(from, to).toCompletableFuture().join();
    }
}
