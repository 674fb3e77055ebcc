package dev.rehome.producer.progress;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link RunSnapshot} as one JSON object whose fields have the names of its components. Times are in ISO 8601, durations in
 * seconds, and unknown values are null. {@code percent} and {@code inFlight} are added for readers.
 */
public final class SnapshotJson {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotJson.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private SnapshotJson() {}

    /** One line of JSON. */
    public static String encode(RunSnapshot snapshot) {
        return JSON.writeValueAsString(tree(snapshot));
    }

    /** The object, for callers that add to it. */
    public static ObjectNode tree(RunSnapshot snapshot) {
        ObjectNode root = JSON.valueToTree(snapshot);
        root.put("inFlight", snapshot.inFlight());
        ObjectNode counts = (ObjectNode) root.get("counts");
        counts.put("percent", snapshot.counts().percent().orElse(null));
        counts.put("done", snapshot.counts().applied().total());
        return root;
    }

    /** Reads what {@link #encode} wrote; empty when it is of another release. */
    public static Optional<RunSnapshot> decode(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, RunSnapshot.class));
        } catch (JacksonException | NullPointerException otherRelease) {
            LOG.debug("The published snapshot isn't of this release and is ignored", otherRelease);
            return Optional.empty();
        }
    }
}
