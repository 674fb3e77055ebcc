package dev.rehome.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult.Copied;
import dev.rehome.common.store.CopyResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store must do, as {@link Store} and {@link ServerSideCopy} state it. A store that can't meet one case
 * overrides just that case and says why.
 */
public abstract class ServerSideCopyContract {
    protected static final String SOURCE_BUCKET = "source";
    protected static final String TARGET_BUCKET = "target";

    private Location source;
    private Location target;

    /** Locations that no other test uses: a server serves the whole class. */
    @BeforeEach
    void chooseLocations() {
        String folder = UUID.randomUUID().toString();
        source = new Location(SOURCE_BUCKET, folder + "/old/a b.png");
        target = new Location(TARGET_BUCKET, folder + "/new/a b.png");
    }

    /** The store under test, with both buckets. */
    protected abstract Store store();

    /** Writes an object past the store. */
    protected abstract void put(Location location, StoredObject object);

    /** Reads an object past the store; null when there is none. */
    protected abstract StoredObject get(Location location);

    @Test
    void bytesHeadersAndMetadataArriveUnchanged() {
        StoredObject object = StoredObject.of("content");
        put(source, object);
        copied(source, target);
        assertThat(get(target)).isEqualTo(object);
    }

    @Test
    protected void tagsArriveUnchanged() {
        put(source, StoredObject.of("content").withTags(Map.of("colour", "blue", "size", "1x2")));
        copied(source, target);
        assertThat(get(target).tags()).isEqualTo(Map.of("colour", "blue", "size", "1x2"));
    }

    @Test
    void sourceStaysAsItWas() {
        StoredObject object = StoredObject.of("content");
        put(source, object);
        copied(source, target);
        assertThat(get(source)).isEqualTo(object);
    }

    @Test
    void proofIsTheTargetsETag() {
        put(source, StoredObject.of("content"));
        Copied copied = copied(source, target);
        assertThat(copied.moved()).isTrue();
        ObjectStat found = store().stat(target).toCompletableFuture().join().orElseThrow();
        assertThat(found.etag()).isEqualTo(copied.etag());
        assertThat(found.size()).isEqualTo("content".length());
    }

    @Test
    void statTellsACopyFromOtherContent() {
        put(source, StoredObject.of("content"));
        copied(source, target);
        Location other = new Location(SOURCE_BUCKET, target.key() + " other");
        put(other, StoredObject.of("other content"));
        ObjectStat copy = store().stat(target).toCompletableFuture().join().orElseThrow();
        assertThat(copy.isSameAs(
                        store().stat(source).toCompletableFuture().join().orElseThrow()))
                .isTrue();
        assertThat(copy.isOtherThan(
                        store().stat(other).toCompletableFuture().join().orElseThrow()))
                .isTrue();
    }

    @Test
    void emptyObjectIsCopied() {
        put(source, StoredObject.of(""));
        assertThat(copied(source, target).etag()).isNotEmpty();
        assertThat(get(target).text()).isEmpty();
    }

    @Test
    void copyingTwiceMovesOnce() {
        put(source, StoredObject.of("content"));
        Copied first = copied(source, target);
        Copied second = copied(source, target);
        assertThat(second.moved()).isFalse();
        assertThat(second.etag()).isEqualTo(first.etag());
    }

    @Test
    void sameContentAtTheTargetCountsAsCopied() {
        put(source, StoredObject.of("content"));
        put(target, StoredObject.of("content"));
        assertThat(copied(source, target).moved()).isFalse();
    }

    @Test
    void otherContentAtTheTargetIsAConflictAndStays() {
        put(source, StoredObject.of("content"));
        put(target, StoredObject.of("CONTENT"));
        assertThat(refused(source, target).code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(get(target).text()).isEqualTo("CONTENT");
    }

    @Test
    void missingSourceIsNotFound() {
        Refused refused = refused(source, target);
        assertThat(refused.code()).isEqualTo(FailureCode.NOT_FOUND);
        assertThat(refused.message()).contains(source.toString(), target.toString());
        assertThat(get(target)).isNull();
    }

    @Test
    void missingSourceIsNotFoundWhateverIsAtTheTarget() {
        put(target, StoredObject.of("content"));
        assertThat(refused(source, target).code()).isEqualTo(FailureCode.NOT_FOUND);
    }

    @Test
    void missingTargetBucketIsRejected() {
        put(source, StoredObject.of("content"));
        Location nowhere = new Location("no-such-bucket", target.key());
        assertThat(refused(source, nowhere).code()).isEqualTo(FailureCode.REJECTED);
    }

    @Test
    void oneBucketMayBeSourceAndTarget() {
        put(source, StoredObject.of("content"));
        Location neighbour = new Location(SOURCE_BUCKET, target.key());
        assertThat(copied(source, neighbour).moved()).isTrue();
        assertThat(get(neighbour).text()).isEqualTo("content");
    }

    @Test
    void nothingAtALocationIsAnEmptyStat() {
        assertThat(store().stat(source).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void manyCopiesAtATimeAllArrive() {
        List<CompletableFuture<CopyResult>> copies = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            put(numbered(source, number), StoredObject.of("content " + number));
        }
        for (int number = 0; number < 50; number++) {
            copies.add(store().copies()
                    .copy(numbered(source, number), numbered(target, number))
                    .toCompletableFuture());
        }
        assertThat(copies).allSatisfy(copy -> assertThat(copy.join()).isInstanceOf(Copied.class));
        assertThat(get(numbered(target, 49)).text()).isEqualTo("content 49");
    }

    @Test
    protected void oneTargetForManyCopiesAtATimeIsWrittenOnce() {
        put(source, StoredObject.of("content"));
        List<CompletableFuture<CopyResult>> copies = new ArrayList<>();
        for (int copy = 0; copy < 20; copy++) {
            copies.add(store().copies().copy(source, target).toCompletableFuture());
        }
        assertThat(copies.stream().filter(copy -> ((Copied) copy.join()).moved()))
                .hasSize(1);
    }

    protected final Copied copied(Location from, Location to) {
        return (Copied) copy(from, to);
    }

    protected final Refused refused(Location from, Location to) {
        return (Refused) copy(from, to);
    }

    private CopyResult copy(Location from, Location to) {
        return store().copies().copy(from, to).toCompletableFuture().join();
    }

    private static Location numbered(Location location, int number) {
        return new Location(location.bucket(), location.key() + number);
    }
}
