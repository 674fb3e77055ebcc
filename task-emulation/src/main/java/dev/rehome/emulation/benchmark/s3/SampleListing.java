package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleRow;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Lists sample objects as S3 does, in both versions of its request: those of the legacy folder, and those that were copied.
 * Its memory grows with the rows, so a larger sample has an empty listing. Safe for use by several threads.
 */
final class SampleListing {
    private static final long MOST_ROWS = 200_000;
    private static final int LARGEST_PAGE = 1_000;

    private final NavigableMap<String, Long> keys = new TreeMap<>();
    private final SyntheticS3Settings settings;
    private final CopyJournal journal;

    SampleListing(SyntheticS3Settings settings, CopyJournal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    /** Few servers are ever asked for a listing. */
    private void fill() {
        for (long id = 1; settings.rows() <= MOST_ROWS && id <= settings.rows(); id++) {
            SampleRow row = SampleRow.of(id);
            if (row.kind() == SampleRow.Kind.LEGACY) {
                keys.put(row.location(), id);
                keys.put(row.expectedLocation(), id);
            }
        }
    }

    /** The body of the response to a listing. */
    synchronized String page(QueryStringDecoder query) {
        if (keys.isEmpty()) {
            fill();
        }
        String prefix = parameter(query, "prefix");
        String delimiter = parameter(query, "delimiter");
        boolean encoded = parameter(query, "encoding-type").equals("url");
        String after = after(query);
        StringBuilder entries = new StringBuilder();
        String last = "";
        int count = 0;
        String next = next(prefix, after);
        while (next != null && count < LARGEST_PAGE) {
            int end = delimiter.isEmpty() ? -1 : next.indexOf(delimiter, prefix.length());
            if (end < 0) {
                entries.append(entry(next, encoded));
                last = next;
            } else {
                // Sorts after every key of the folder, which are then skipped.
                last = next.substring(0, end + delimiter.length()) + Character.MAX_VALUE;
                entries.append("<CommonPrefixes><Prefix>")
                        .append(text(next.substring(0, end + delimiter.length()), encoded))
                        .append("</Prefix></CommonPrefixes>");
            }
            count++;
            next = next(prefix, last);
        }
        String more = next == null
                ? ""
                : "<NextMarker>" + text(last, encoded) + "</NextMarker><NextContinuationToken>" + text(last, true)
                        + "</NextContinuationToken>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + (encoded ? "<EncodingType>url</EncodingType>" : "") + "<Prefix>" + text(prefix, encoded)
                + "</Prefix><MaxKeys>" + LARGEST_PAGE + "</MaxKeys><KeyCount>" + count + "</KeyCount><IsTruncated>"
                + (next != null) + "</IsTruncated>" + more + entries + "</ListBucketResult>";
    }

    private static String after(QueryStringDecoder query) {
        String token = parameter(query, "continuation-token");
        if (!token.isEmpty()) {
            return QueryStringDecoder.decodeComponent(token);
        }
        return parameter(query, "marker") + parameter(query, "start-after");
    }

    /** The first key with this prefix that follows another; null if there is none. */
    private String next(String prefix, String after) {
        String key = after.compareTo(prefix) < 0 ? keys.ceilingKey(prefix) : keys.higherKey(after);
        while (key != null && key.startsWith(prefix) && !exists(key)) {
            key = keys.higherKey(key);
        }
        return key != null && key.startsWith(prefix) ? key : null;
    }

    private boolean exists(String key) {
        return SampleRow.isLegacy(key) || journal.isCopied(keys.get(key));
    }

    private String entry(String key, boolean encoded) {
        return "<Contents><Key>" + text(key, encoded)
                + "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"
                + SampleObjects.etag(keys.get(key)) + "</ETag><Size>" + settings.objectSize()
                + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }

    /** Sample keys have nothing that XML would need escaped. */
    private static String text(String key, boolean encoded) {
        return encoded
                ? URLEncoder.encode(key, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/")
                : key;
    }

    private static String parameter(QueryStringDecoder query, String name) {
        return query.parameters().containsKey(name)
                ? query.parameters().get(name).get(0)
                : "";
    }
}
