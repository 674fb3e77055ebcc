package dev.rehome.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A manifest and what it comes to; a line a case. The source bucket is {@code old}, {@code image} goes to {@code avatar/}.
 *
 * @param content the manifest
 * @param settings how it is read, beside the defaults
 * @param expected entries as {@code key} or {@code key > new key}, or parts of a refusal
 */
record ManifestCase(String content, Map<String, String> settings, List<String> expected) {
    ManifestCase with(String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return new ManifestCase(content, more, expected);
    }

    @Override
    public String toString() {
        return content.replace("\n", "\\n").replace("\r", "\\r") + " " + settings;
    }

    private static ManifestCase says(String content, String... entries) {
        return new ManifestCase(content, Map.of(), List.of(entries));
    }

    private static ManifestCase refused(String content, String... parts) {
        return new ManifestCase(content, Map.of(), List.of(parts));
    }

    static Stream<ManifestCase> all() {
        return Stream.of(
                says("image/a", "image/a"),
                says("image/a\n", "image/a"),
                says("image/a\r\nimage/b\r\n", "image/a", "image/b"),
                says("\n\nimage/a\n\n\nimage/b\n\n", "image/a", "image/b"),
                says("\uFEFFimage/a\n", "image/a"),
                says("image/a,own/a\nimage/b\n", "image/a > own/a", "image/b"),
                says("elsewhere/a,own/a\n", "elsewhere/a > own/a"),
                says("image/a\nimage/a\n", "image/a", "image/a"),
                says("image/a,own/a\nimage/a,own/a\n", "image/a > own/a", "image/a > own/a"),
                // Keys as S3 writes them, byte for byte.
                says("image/a+b%20c", "image/a b c"),
                says("image/a%2Bb,own/a%2Bb", "image/a+b > own/a+b"),
                says("image/100%25", "image/100%"),
                says("image/%252F%2f", "image/%2F/"),
                says("image/a#b?c&d=e;f", "image/a#b?c&d=e;f"),
                says("\"image/a,b\",\"own/a,b\"", "image/a,b > own/a,b"),
                says("image/a%2Cb", "image/a,b"),
                says("\"image/say \"\"hi\"\"\"", "image/say \"hi\""),
                says("image/%22a%22'b`\\", "image/\"a\"'b`\\"),
                says("image/a\"b", "image/a\"b"),
                says("\"image/two\nlines\"\nimage/c", "image/two\nlines", "image/c"),
                says("image/%F0%9F%9A%80,own/\uD83D\uDE80", "image/\uD83D\uDE80 > own/\uD83D\uDE80"),
                says("image/\u00e9\nimage/e\u0301\nimage/%C3%89", "image/\u00e9", "image/e\u0301", "image/\u00c9"),
                says("image/a%20\nimage/a \nimage/a", "image/a ", "image/a ", "image/a"),
                says("image/A\nimage/a", "image/A", "image/a"),
                says("image/a//b/\nimage//", "image/a//b/", "image//"),
                says("image/%00%09%0A", "image/\0\t\n"),
                says("#image,own", "#image > own"),
                says("image/a+b%20c", "image/a+b c").with("MANIFEST_ENCODING", "percent"),
                says("image/a+b%20c%", "image/a+b%20c%").with("MANIFEST_ENCODING", "plain"),
                says("image/" + "x".repeat(1_017), "image/" + "x".repeat(1_017)),
                // Which column is what.
                says("old,image/a\nold,image/b", "image/a", "image/b"),
                says("\"old\",\"image/a\"\n", "image/a"),
                says("old,image/a,own/a\nold,image/b", "image/a > own/a", "image/b"),
                says("old,new", "old > new").with("MANIFEST_FIELDS", "Key,NewKey"),
                says("Key,NewKey\nimage/a,own/a", "image/a > own/a"),
                says("bucket,key,versionid\nold,image/a,\nold,image/b,null", "image/a", "image/b"),
                says("old,image/a,7,own/a", "image/a > own/a").with("MANIFEST_FIELDS", "Bucket,Key,Ignore, newkey"),
                says("own/a,image/a", "image/a > own/a").with("MANIFEST_FIELDS", "NewKey,Key"),
                says("old,image/a,", "image/a").with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                says("Bucket,Key\nold,image/a", "image/a").with("MANIFEST_FIELDS", "Bucket,Key"),
                refused("old,image/a,own\nimage/b,own/b", "line 2 first", "MANIFEST_FIELDS"),
                refused("old,image/a,3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH", "may be a version"),
                refused("old,image/a,\n", "may be a version", "Bucket,Key,Ignore"),
                refused("old,image/a,v1", "names a version", "line 1: 'v1'")
                        .with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                refused("old,image/a\nother,image/b", "another bucket than SOURCE_S3_BUCKET", "line 2: 'other'")
                        .with("MANIFEST_FIELDS", "Bucket,Key"),
                refused("image/a,b,c", "other fields", "line 1: 3 instead of 1 to 2 (Key,NewKey)"),
                refused("image/a", "1 instead of 2 (Key,NewKey)").with("MANIFEST_FIELDS", "Key,NewKey"),
                refused("Key,Key\n", "line 1 names a field twice"),
                // What a line must not say.
                refused("", "is empty"),
                refused("\n\n", "is empty"),
                refused("Key,NewKey\n", "is empty"),
                refused(",own/a", "empty key", "line 1"),
                refused("image/a,", "empty new key", "line 1: 'image/a'"),
                refused("image/a\n\nimages/b\nIMAGE/c", "2 lines", "outside", "line 3: 'images/b'; line 4: 'IMAGE/c'"),
                refused("image/%zz", "line 1: a % that two hexadecimal digits"),
                refused("image/a\nimage/%4", "line 2: a %"),
                refused("image/%", "a %"),
                refused("image/%FF", "no UTF-8"),
                refused("image/a,own/%C3", "no UTF-8"),
                refused("image/" + "x".repeat(1_019), "key of more than 1,024 bytes"),
                refused("image/" + "x".repeat(1_018), "new key of more than 1,024 bytes"),
                refused("image/a," + "\u00e9".repeat(513), "new key of more than 1,024 bytes"),
                refused("image/a,image/a", "new key that is its key"),
                refused("image/a,own/../a", ". or .. between slashes"),
                // What lines must not say together.
                refused(
                        "image/a,own/a\nimage/b\nimage/a,own/b",
                        "another new key",
                        "line 3: 'image/a' to 'own/b', in line 1 to 'own/a'"),
                refused("image/a\nimage/a,own/b", "another new key", "in line 1 to 'avatar/a'"),
                refused("image/a,own/x\nimage/b,own/x", "another key has too", "line 2: 'own/x' of 'image/b'"),
                refused("image/a\nelse/a,avatar/a", "another key has too", "in line 1 of 'image/a'"),
                refused("image/a,image/b\nimage/b,own/b", "is a key of the manifest", "line 1: 'image/b', in line 2"),
                refused("image/a\navatar/a,own/a", "is a key of the manifest", "line 1: 'avatar/a'"),
                refused("image/x/a\nimage/y/a", "another key has too").with("KEY_LAYOUT", "flatten"),
                says("image/x/a\nimage/y/b", "image/x/a", "image/y/b").with("KEY_LAYOUT", "flatten"),
                // All at once.
                refused(
                        ",a\nimages/b\nimage/c,x\nimage/d,x\nimage/e,",
                        "empty key",
                        "outside",
                        "another key",
                        "empty new"),
                // What is no CSV, or none that we can read.
                refused("image/a\n\"image/b\nimage/c", "no CSV", "behind line 1"),
                refused("\u00ff\u00fei\0m\0", "UTF-16").with("raw", "latin1"),
                refused("image/\u00e9", "no UTF-8").with("raw", "latin1"));
    }
}
