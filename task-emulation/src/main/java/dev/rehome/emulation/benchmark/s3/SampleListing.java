package dev.rehome.emulation.benchmark.s3;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Lists sample objects as S3 does, in both versions of its request: legacy objects that weren't deleted, and copies.
 * Each page is computed, so its memory does not depend on the number of rows. Safe for use by several threads.
 */
record SampleListing(SyntheticS3Settings settings, CopyJournal journal) {
    private static final int LARGEST_PAGE = 1_000;

    /** The body of the response to a listing. */
    String page(QueryStringDecoder query) {
        String prefix = parameter(query, "prefix", "");
        String delimiter = parameter(query, "delimiter", "");
        int limit =
                Math.min(LARGEST_PAGE, Integer.parseInt(parameter(query, "max-keys", Integer.toString(LARGEST_PAGE))));
        boolean encoded = parameter(query, "encoding-type", "").equals("url");
        SampleKeys keys = new SampleKeys(settings.rows(), journal, prefix);
        keys.startAfter(after(query));
        StringBuilder entries = new StringBuilder();
        String last = "";
        int count = 0;
        Optional<SampleKeys.Entry> next = keys.next();
        while (next.isPresent() && count < limit) {
            String key = next.get().key();
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            if (end < 0) {
                entries.append(entry(next.get(), encoded));
                last = key;
            } else {
                String folder = key.substring(0, end + delimiter.length());
                entries.append("<CommonPrefixes><Prefix>")
                        .append(text(folder, encoded))
                        .append("</Prefix></CommonPrefixes>");
                // Sorts after every key of the folder, which are then skipped.
                last = folder + Character.MAX_VALUE;
                keys.startAfter(last);
            }
            count++;
            next = keys.next();
        }
        String more = next.isEmpty()
                ? ""
                : "<NextMarker>" + text(last, encoded) + "</NextMarker><NextContinuationToken>" + text(last, true)
                        + "</NextContinuationToken>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + (encoded ? "<EncodingType>url</EncodingType>" : "") + "<Prefix>" + text(prefix, encoded)
                + "</Prefix><MaxKeys>" + limit + "</MaxKeys><KeyCount>" + count + "</KeyCount><IsTruncated>"
                + next.isPresent() + "</IsTruncated>" + more + entries + "</ListBucketResult>";
    }

    private static String after(QueryStringDecoder query) {
        String token = parameter(query, "continuation-token", "");
        if (!token.isEmpty()) {
            return QueryStringDecoder.decodeComponent(token);
        }
        return parameter(query, "marker", "") + parameter(query, "start-after", "");
    }

    private String entry(SampleKeys.Entry object, boolean encoded) {
        return "<Contents><Key>" + text(object.key(), encoded)
                + "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"
                + SampleObjects.etag(object.row()) + "</ETag><Size>" + settings.objectSize()
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

    private static String parameter(QueryStringDecoder query, String name, String absent) {
        return query.parameters().getOrDefault(name, List.of(absent)).get(0);
    }
}
