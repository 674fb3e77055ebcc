package dev.rehome.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.ObjectDeleter.Deletion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a store's five roles, on the containers {@code source} and {@code target}. A store that can't meet one
 * case overrides that case and says why; one that lacks a role overrides that role's cases.
 */
public abstract class StoreContract {
    protected static final String SOURCE = "source";
    protected static final String TARGET = "target";

    private String folder;

    /** A folder that no other test uses: a server serves the whole class. */
    @BeforeEach
    void chooseFolder() {
        folder = UUID.randomUUID().toString();
    }

    /** The store under test, with both containers. */
    protected abstract Store store();

    /** Writes an object past the store. */
    protected abstract void put(Location location, StoredObject object);

    /** Reads an object past the store; null if there is none. */
    protected abstract StoredObject get(Location location);

    /** An address in the source container that no other test uses. */
    protected final Location location(String name) {
        return store().locate(SOURCE, folder + "/" + name);
    }

    /** An address in the target container that no other test uses. */
    protected final Location targetLocation(String name) {
        return store().locate(TARGET, folder + "/" + name);
    }

    @Test
    void missingObjectHasNoDescription() {
        assertThat(stat(location("missing"))).isEmpty();
    }

    @Test
    void descriptionHasProofAndSize() {
        put(location("a b.png"), StoredObject.of("contént"));
        ObjectStat stat = stat(location("a b.png")).orElseThrow();
        assertThat(stat.size()).isEqualTo("contént".getBytes(UTF_8).length);
        assertThat(stat.proof()).isPresent();
    }

    @Test
    void differentContentIsRecognizedBySizeAndEqualContentByProof() {
        put(location("1"), StoredObject.of("content"));
        put(location("2"), StoredObject.of("content"));
        put(location("3"), StoredObject.of("other content"));
        ObjectStat first = stat(location("1")).orElseThrow();
        assertThat(first.compareContent(stat(location("2")).orElseThrow())).isEqualTo(SameContent.SAME);
        assertThat(first.compareContent(stat(location("3")).orElseThrow())).isEqualTo(SameContent.DIFFERENT);
    }

    @Test
    protected void listingReturnsEveryObjectOfThePrefixOncePageByPage() {
        for (String name : List.of("1", "2", "3", "4", "5")) {
            put(location("in/" + name), StoredObject.of(name));
        }
        put(location("out/6"), StoredObject.of("6"));
        List<String> listed = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            ObjectLister.Page page = store().lister()
                    .orElseThrow()
                    .list(location("in/"), after, 2)
                    .orElseThrow();
            assertThat(page.objects()).hasSizeLessThanOrEqualTo(2);
            page.objects().forEach(object -> {
                assertThat(object.size()).isEqualTo(1);
                listed.add(object.location().objectKey());
            });
            after = page.last();
        } while (after.isPresent());
        assertThat(listed)
                .containsExactly(List.of("1", "2", "3", "4", "5").stream()
                        .map(name -> location("in/" + name).objectKey())
                        .toArray(String[]::new));
    }

    @Test
    void listingOfAPrefixWithoutObjectsIsOneEmptyPage() {
        ObjectLister.Page page = store().lister()
                .orElseThrow()
                .list(location("nothing"), Optional.empty(), 10)
                .orElseThrow();
        assertThat(page.objects()).isEmpty();
        assertThat(page.last()).isEmpty();
    }

    @Test
    void readingReturnsTheBytes() throws IOException {
        put(location("text"), StoredObject.of("contént"));
        try (InputStream bytes = read(location("text")).orElseThrow()) {
            assertThat(new String(bytes.readAllBytes(), UTF_8)).isEqualTo("contént");
        }
    }

    @Test
    void readingAMissingObjectIsRefused() {
        Refusal refusal = read(location("missing")).refusal().orElseThrow();
        assertThat(refusal.code()).isEqualTo(FailureCode.NOT_FOUND);
        assertThat(refusal.message()).contains(location("missing").toString());
    }

    @Test
    void writtenBytesCanBeReadAndHaveTheReturnedProof() {
        ContentProof proof = write(targetLocation("written +"), "contént").orElseThrow();
        assertThat(get(targetLocation("written +")).text()).isEqualTo("contént");
        assertThat(stat(targetLocation("written +")).orElseThrow().proof()).contains(proof);
    }

    @Test
    void writingReplacesAnObject() {
        put(targetLocation("there"), StoredObject.of("old"));
        write(targetLocation("there"), "new").orElseThrow();
        assertThat(get(targetLocation("there")).text()).isEqualTo("new");
    }

    @Test
    void emptyObjectCanBeWrittenAndRead() throws IOException {
        write(targetLocation("empty"), "").orElseThrow();
        assertThat(stat(targetLocation("empty")).orElseThrow().size()).isZero();
        try (InputStream bytes = read(targetLocation("empty")).orElseThrow()) {
            assertThat(bytes.readAllBytes()).isEmpty();
        }
    }

    @Test
    void deletedObjectsAreGoneAndOthersStay() {
        List<String> names = List.of("1", "a b & <c>", "größe \"2\"", "3");
        names.forEach(name -> put(location("del/" + name), StoredObject.of(name)));
        assertThat(delete(names.subList(0, 3).stream()
                        .map(name -> expected(location("del/" + name)))
                        .toList()))
                .allSatisfy(result -> assertThat(result.orElseThrow()).isEqualTo(Deletion.DELETED))
                .hasSize(3);
        assertThat(names)
                .filteredOn(name -> get(location("del/" + name)) != null)
                .containsExactly("3");
    }

    @Test
    void deletingAMissingObjectSucceeds() {
        put(location("once"), StoredObject.of("1"));
        ObjectDeleter.Expected object = expected(location("once"));
        for (int time = 1; time <= 2; time++) {
            assertThat(delete(List.of(object, new ObjectDeleter.Expected(location("never"), Optional.empty()))))
                    .extracting(StoreResult::orElseThrow)
                    .containsExactly(Deletion.DELETED, Deletion.DELETED);
        }
    }

    @Test
    protected void objectThatWasOverwrittenIsNotDeleted() {
        put(location("kept"), StoredObject.of("old"));
        put(location("same"), StoredObject.of("old"));
        List<ObjectDeleter.Expected> objects = List.of(expected(location("kept")), expected(location("same")));
        put(location("kept"), StoredObject.of("new"));
        List<StoreResult<Deletion>> results = delete(objects);
        assertThat(results.get(0).refusal().map(Refusal::code)).contains(FailureCode.SOURCE_CHANGED);
        assertThat(results.get(1).value()).contains(Deletion.DELETED);
        assertThat(get(location("kept")).text()).isEqualTo("new");
        assertThat(get(location("same"))).isNull();
    }

    @Test
    void deletionInAMissingContainerIsRefusedForEveryObject() {
        Location nowhere = store().locate("no-such-container", "object");
        assertThat(delete(List.of(new ObjectDeleter.Expected(nowhere, Optional.empty())))
                        .get(0)
                        .refusal()
                        .orElseThrow()
                        .scope())
                .isEqualTo(Refusal.Scope.EVERY_OBJECT);
    }

    /** The object as it is now. */
    private ObjectDeleter.Expected expected(Location location) {
        return new ObjectDeleter.Expected(location, stat(location).orElseThrow().proof());
    }

    private List<StoreResult<Deletion>> delete(List<ObjectDeleter.Expected> objects) {
        return store().deleter().orElseThrow().delete(objects);
    }

    @Test
    void missingContainerIsRefusedForEveryObject() {
        Location nowhere = store().locate("no-such-container", "object");
        assertThat(store().lister()
                        .orElseThrow()
                        .list(nowhere, Optional.empty(), 1)
                        .refusal()
                        .orElseThrow()
                        .scope())
                .isEqualTo(Refusal.Scope.EVERY_OBJECT);
        assertThat(write(nowhere, "content").refusal().orElseThrow().scope()).isEqualTo(Refusal.Scope.EVERY_OBJECT);
    }

    private Optional<ObjectStat> stat(Location location) {
        return store().inspector().orElseThrow().stat(location).orElseThrow();
    }

    private StoreResult<InputStream> read(Location location) {
        return store().reader().orElseThrow().read(location);
    }

    private StoreResult<ContentProof> write(Location location, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return store().writer().orElseThrow().write(location, new ByteArrayInputStream(bytes), bytes.length);
    }
}
