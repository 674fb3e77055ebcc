package dev.rehome.common.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Batches as the queue's payload: JSON with a format version, {@code {"v":1,"run":1,"records":[[["7"],"image/a"]]}}.
 *
 * <p>Version 2 adds a third element to the records whose target key a manifest names. It is written only where there is
 * such a record, so that an earlier release reads all that it could have written itself.
 *
 * <p>The id is not in the payload: the queue's key bears it. Safe for use by any thread.
 */
public final class BatchCodec {
    private static final int VERSION = 1;
    private static final int VERSION_WITH_TARGETS = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BatchCodec() {}

    /** The payload of a batch. */
    public static String encode(Batch batch) {
        ObjectNode root = JSON.createObjectNode();
        boolean targets =
                batch.records().stream().anyMatch(record -> record.targetKey().isPresent());
        root.put("v", targets ? VERSION_WITH_TARGETS : VERSION).put("run", batch.run());
        ArrayNode records = root.putArray("records");
        for (SourceRecord each : batch.records()) {
            ArrayNode record = records.addArray();
            ArrayNode key = record.addArray();
            each.rowKey().parts().forEach(key::add);
            record.add(each.location());
            each.targetKey().ifPresent(record::add);
        }
        return JSON.writeValueAsString(root);
    }

    /**
     * Reads a payload.
     *
     * @throws IllegalArgumentException when it is no batch
     * @throws IllegalStateException when another release of this program wrote it
     */
    public static Batch decode(BatchId id, String payload) {
        try {
            JsonNode root = JSON.readTree(payload);
            if (!root.path("v").isInt()) {
                throw new IllegalArgumentException("Batch " + id + " has a payload without a format version");
            }
            int version = root.path("v").intValue();
            if (version != VERSION && version != VERSION_WITH_TARGETS) {
                throw new IllegalStateException("Batch " + id + " has format version " + version
                        + ", this program reads " + VERSION + " and " + VERSION_WITH_TARGETS
                        + ": run the same release everywhere");
            }
            List<SourceRecord> records = new ArrayList<>();
            for (JsonNode record : root.path("records")) {
                Optional<String> target = record.has(2) ? Optional.of(text(record.get(2))) : Optional.empty();
                records.add(new SourceRecord(key(record.path(0)), text(record.path(1)), target));
            }
            return new Batch(id, root.path("run").asInt(0), records);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("Batch " + id + " has an unreadable payload", broken);
        }
    }

    private static RowKey key(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(text(part)));
        return new RowKey(texts);
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("Not a text: " + node);
        }
        return node.stringValue();
    }

    /** A key as one JSON text, as the scan position is kept. */
    public static String encodeKey(RowKey key) {
        return JSON.writeValueAsString(key.parts());
    }

    /** The reverse of {@link #encodeKey}. */
    public static RowKey decodeKey(String text) {
        return key(JSON.readTree(text));
    }
}
