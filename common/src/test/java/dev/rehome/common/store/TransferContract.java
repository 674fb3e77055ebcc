package dev.rehome.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult.Copied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of a transfer between two containers of one store, beside that of the store itself. */
public abstract class TransferContract extends StoreContract {
    private Location source;
    private Location target;

    @BeforeEach
    void chooseLocations() {
        source = location("old/a b.png");
        target = targetLocation("new/a b.png");
    }

    /** The transfer under test. */
    protected abstract Transfer transfer();

    /** The check that belongs to the transfer. */
    protected abstract TransferCheck transferCheck();

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
    void copyReturnsTheLocationAndTheTargetsProof() {
        put(source, StoredObject.of("content"));
        Copied copied = copied(source, target);
        assertThat(copied.location()).isEqualTo(target);
        assertThat(store().inspector()
                        .orElseThrow()
                        .stat(target)
                        .orElseThrow()
                        .orElseThrow()
                        .proof())
                .contains(copied.proof());
    }

    @Test
    void emptyObjectIsCopied() {
        put(source, StoredObject.of(""));
        assertThat(copied(source, target).proof().value()).isNotEmpty();
        assertThat(get(target).text()).isEmpty();
    }

    @Test
    void copyingTwiceReturnsTheSameProof() {
        put(source, StoredObject.of("content"));
        Copied first = copied(source, target);
        assertThat(copied(source, target).proof()).isEqualTo(first.proof());
    }

    @Test
    void sameContentAtTheTargetCountsAsCopied() {
        put(source, StoredObject.of("content"));
        put(target, StoredObject.of("content"));
        assertThat(copied(source, target).location()).isEqualTo(target);
    }

    @Test
    void differentContentAtTheTargetIsAConflictAndStays() {
        put(source, StoredObject.of("content"));
        put(target, StoredObject.of("CONTENT"));
        assertThat(refused(source, target).code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(get(target).text()).isEqualTo("CONTENT");
    }

    @Test
    void missingSourceIsNotFound() {
        Refusal refused = refused(source, target);
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
    void missingTargetContainerIsRejectedForEveryObject() {
        put(source, StoredObject.of("content"));
        Refusal refused = refused(source, store().locate("no-such-container", target.objectKey()));
        assertThat(refused.code()).isEqualTo(FailureCode.REJECTED);
        assertThat(refused.scope()).isEqualTo(Refusal.Scope.EVERY_OBJECT);
    }

    @Test
    void oneContainerMayBeSourceAndTarget() {
        put(source, StoredObject.of("content"));
        Location neighbour = location("new/neighbour");
        assertThat(copied(source, neighbour).location()).isEqualTo(neighbour);
        assertThat(get(neighbour).text()).isEqualTo("content");
    }

    @Test
    void manyCopiesAtATimeAllArrive() {
        List<CompletableFuture<CopyResult>> copies = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            put(numbered(source, number), StoredObject.of("content " + number));
        }
        for (int number = 0; number < 50; number++) {
            copies.add(transfer()
                    .copy(numbered(source, number), numbered(target, number))
                    .toCompletableFuture());
        }
        assertThat(copies).allSatisfy(copy -> assertThat(copy.join()).isInstanceOf(Copied.class));
        assertThat(get(numbered(target, 49)).text()).isEqualTo("content 49");
    }

    @Test
    void manyCopiesToOneTargetAtATimeReturnTheSameProof() {
        put(source, StoredObject.of("content"));
        List<CompletableFuture<CopyResult>> copies = new ArrayList<>();
        for (int copy = 0; copy < 20; copy++) {
            copies.add(transfer().copy(source, target).toCompletableFuture());
        }
        assertThat(copies.stream().map(copy -> ((Copied) copy.join()).proof()).distinct())
                .hasSize(1);
        assertThat(get(target).text()).isEqualTo("content");
    }

    @Test
    void checkOfAPermittedCopyFindsNothingAndWritesNothing() {
        put(source, StoredObject.of("content"));
        assertThat(transferCheck().check(source, target)).isEmpty();
        assertThat(get(target)).isNull();
        copied(source, target);
        assertThat(transferCheck().check(source, target)).isEmpty();
        assertThat(get(target).text()).isEqualTo("content");
    }

    @Test
    void checkReturnsTheRefusalOfTheCopy() {
        assertThat(transferCheck().check(source, target).orElseThrow().code()).isEqualTo(FailureCode.NOT_FOUND);
        put(source, StoredObject.of("content"));
        Location nowhere = store().locate("no-such-container", target.objectKey());
        assertThat(transferCheck().check(source, nowhere).orElseThrow().scope()).isEqualTo(Refusal.Scope.EVERY_OBJECT);
    }

    protected final Copied copied(Location from, Location to) {
        return (Copied) copy(from, to);
    }

    protected final Refusal refused(Location from, Location to) {
        return (Refusal) copy(from, to);
    }

    private CopyResult copy(Location from, Location to) {
        return transfer().copy(from, to).toCompletableFuture().join();
    }

    private static Location numbered(Location location, int number) {
        return location.withObjectKey(location.objectKey() + number);
    }
}
