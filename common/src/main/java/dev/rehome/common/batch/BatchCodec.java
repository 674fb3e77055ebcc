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
 * Batches as the queue's payload: JSON with a format version,
 * {@code {"v":3,"run":"1/<UUID>","records":[[["7"],"image/a"]]}}. A record whose target key comes from a manifest has it as
 * a third element. The id isn't part of the payload: the queue's key carries it.
 */
public final class BatchCodec {
    private static final int VERSION = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BatchCodec() {}

    /** The payload of a batch. */
    public static String encode(Batch batch) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", VERSION).put("run", batch.run().toString());
        ArrayNode records = root.putArray("records");
        for (SourceRecord each : batch.records()) {
            ArrayNode record = records.addArray();
            ArrayNode rowKey = record.addArray();
            each.rowKey().parts().forEach(rowKey::add);
            record.add(each.location());
            each.targetKey().ifPresent(record::add);
        }
        return JSON.writeValueAsString(root);
    }

    /**
     * Reads a payload.
     *
     * @throws IllegalArgumentException when it isn't a batch
     * @throws IllegalStateException when another release of this program wrote it
     */
    public static Batch decode(BatchId id, String payload) {
        try {
            JsonNode root = JSON.readTree(payload);
            if (!root.path("v").isInt()) {
                throw new IllegalArgumentException("Batch " + id + " has a payload without a format version");
            }
            int version = root.path("v").intValue();
            if (version != VERSION) {
                throw new IllegalStateException("Batch " + id + " has format version " + version
                        + ", this program reads " + VERSION + ": run the same release everywhere");
            }
            List<SourceRecord> records = new ArrayList<>();
            for (JsonNode record : root.path("records")) {
                Optional<String> target = record.has(2) ? Optional.of(text(record.get(2))) : Optional.empty();
                records.add(new SourceRecord(rowKey(record.path(0)), text(record.path(1)), target));
            }
            return new Batch(id, RunId.parse(text(root.path("run"))), records);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("Batch " + id + " has an undecodable payload", broken);
        }
    }

    private static RowKey rowKey(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(text(part)));
        return new RowKey(texts);
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("Expected a JSON string, found " + node);
        }
        return node.stringValue();
    }

    /** A row key as JSON, the form in which the queue keeps the scan position. */
    public static String encodeKey(RowKey rowKey) {
        return JSON.writeValueAsString(rowKey.parts());
    }

    /** The reverse of {@link #encodeKey}. */
    public static RowKey decodeKey(String json) {
        return rowKey(JSON.readTree(json));
    }
}
