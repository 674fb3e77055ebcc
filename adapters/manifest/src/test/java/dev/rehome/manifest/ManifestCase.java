package dev.rehome.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A manifest and its expected entries or errors. The source bucket is {@code old}, {@code image} becomes {@code avatar/}.
 *
 * @param content the manifest
 * @param settings settings that differ from the defaults
 * @param expected entries as {@code key} or {@code key > new key}, or parts of the errors
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

    private static ManifestCase valid(String content, String... entries) {
        return new ManifestCase(content, Map.of(), List.of(entries));
    }

    private static ManifestCase invalid(String content, String... parts) {
        return new ManifestCase(content, Map.of(), List.of(parts));
    }

    static Stream<ManifestCase> all() {
        return Stream.of(
                valid("image/a", "image/a"),
                valid("image/a\n", "image/a"),
                valid("image/a\r\nimage/b\r\n", "image/a", "image/b"),
                valid("\n\nimage/a\n\n\nimage/b\n\n", "image/a", "image/b"),
                valid("\uFEFFimage/a\n", "image/a"),
                valid("image/a,own/a\nimage/b\n", "image/a > own/a", "image/b"),
                valid("elsewhere/a,own/a\n", "elsewhere/a > own/a"),
                valid("image/a\nimage/a\n", "image/a", "image/a"),
                valid("image/a,own/a\nimage/a,own/a\n", "image/a > own/a", "image/a > own/a"),
                // Keys as S3 writes them, byte for byte.
                valid("image/a+b%20c", "image/a b c"),
                valid("image/a%2Bb,own/a%2Bb", "image/a+b > own/a+b"),
                valid("image/100%25", "image/100%"),
                valid("image/%252F%2f", "image/%2F/"),
                valid("image/a#b?c&d=e;f", "image/a#b?c&d=e;f"),
                valid("\"image/a,b\",\"own/a,b\"", "image/a,b > own/a,b"),
                valid("image/a%2Cb", "image/a,b"),
                valid("\"image/say \"\"hi\"\"\"", "image/say \"hi\""),
                valid("image/%22a%22'b`\\", "image/\"a\"'b`\\"),
                valid("image/a\"b", "image/a\"b"),
                valid("\"image/two\nlines\"\nimage/c", "image/two\nlines", "image/c"),
                valid("image/%F0%9F%9A%80,own/\uD83D\uDE80", "image/\uD83D\uDE80 > own/\uD83D\uDE80"),
                valid("image/\u00e9\nimage/e\u0301\nimage/%C3%89", "image/\u00e9", "image/e\u0301", "image/\u00c9"),
                valid("image/a%20\nimage/a \nimage/a", "image/a ", "image/a ", "image/a"),
                valid("image/A\nimage/a", "image/A", "image/a"),
                valid("image/a//b/\nimage//", "image/a//b/", "image//"),
                valid("image/%00%09%0A", "image/\0\t\n"),
                valid("#image,own", "#image > own"),
                valid("image/a+b%20c", "image/a+b c").with("MANIFEST_ENCODING", "percent"),
                valid("image/a+b%20c%", "image/a+b%20c%").with("MANIFEST_ENCODING", "plain"),
                valid("image/" + "x".repeat(1_017), "image/" + "x".repeat(1_017)),
                // Columns.
                valid("old,image/a\nold,image/b", "image/a", "image/b"),
                valid("\"old\",\"image/a\"\n", "image/a"),
                valid("old,image/a,own/a\nold,image/b", "image/a > own/a", "image/b"),
                valid("old,new", "old > new").with("MANIFEST_FIELDS", "Key,NewKey"),
                valid("Key,NewKey\nimage/a,own/a", "image/a > own/a"),
                valid("bucket,key,versionid\nold,image/a,\nold,image/b,null", "image/a", "image/b"),
                valid("old,image/a,7,own/a", "image/a > own/a").with("MANIFEST_FIELDS", "Bucket,Key,Ignore, newkey"),
                valid("own/a,image/a", "image/a > own/a").with("MANIFEST_FIELDS", "NewKey,Key"),
                valid("old,image/a,", "image/a").with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                valid("Bucket,Key\nold,image/a", "image/a").with("MANIFEST_FIELDS", "Bucket,Key"),
                invalid("old,image/a,own\nimage/b,own/b", "the first of those is line 2", "MANIFEST_FIELDS"),
                invalid("old,image/a,3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH", "could be a version ID"),
                invalid("old,image/a,\n", "could be a version ID", "Bucket,Key,Ignore"),
                invalid("old,image/a,v1", "versions can't be migrated", "line 1: 'v1'")
                        .with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                invalid("old,image/a\nother,image/b", "a bucket other than SOURCE_S3_BUCKET", "line 2: 'other'")
                        .with("MANIFEST_FIELDS", "Bucket,Key"),
                invalid("image/a,b,c", "unexpected number of fields", "line 1: 3 instead of 1 to 2 (Key,NewKey)"),
                invalid("image/a", "1 instead of 2 (Key,NewKey)").with("MANIFEST_FIELDS", "Key,NewKey"),
                invalid("Key,Key\n", "line 1 names a field twice"),
                // Errors of a single line.
                invalid("", "is empty"),
                invalid("\n\n", "is empty"),
                invalid("Key,NewKey\n", "is empty"),
                invalid(",own/a", "a key that the store doesn't accept", "line 1: '' the key is empty"),
                invalid(
                        "image/a,",
                        "a new key that the store doesn't accept",
                        "line 1: '' of key 'image/a', the key is empty"),
                invalid("image/a\n\nimages/b\nIMAGE/c", "2 lines", "outside", "line 3: 'images/b'; line 4: 'IMAGE/c'"),
                invalid("image/%zz", "line 1: a % without two hexadecimal digits"),
                invalid("image/a\nimage/%4", "line 2: a %"),
                invalid("image/%", "a %"),
                invalid("image/%FF", "invalid UTF-8"),
                invalid("image/a,own/%C3", "invalid UTF-8"),
                invalid("image/" + "x".repeat(1_019), "a key that the store doesn't accept", "too long"),
                invalid("image/" + "x".repeat(1_018), "a new key that the store doesn't accept", "too long"),
                invalid("image/a," + "\u00e9".repeat(513), "a new key that the store doesn't accept", "too long"),
                invalid("image/a,image/a", "new key that equals the key"),
                invalid("image/a,own/../a", "a new key that the store doesn't accept", "dots"),
                // Errors between lines.
                invalid(
                        "image/a,own/a\nimage/b\nimage/a,own/b",
                        "another new key",
                        "line 3: 'image/a' to 'own/b', in line 1 to 'own/a'"),
                invalid("image/a\nimage/a,own/b", "another new key", "in line 1 to 'avatar/a'"),
                invalid("image/a,own/x\nimage/b,own/x", "another key has too", "line 2: 'own/x' of 'image/b'"),
                invalid("image/a\nelse/a,avatar/a", "another key has too", "in line 1 of 'image/a'"),
                invalid(
                        "image/a,image/b\nimage/b,own/b",
                        "is also a key of the manifest",
                        "line 1: 'image/b', which is the key in line 2"),
                invalid("image/a\navatar/a,own/a", "is also a key of the manifest", "line 1: 'avatar/a'"),
                invalid("image/x/a\nimage/y/a", "another key has too").with("KEY_LAYOUT", "flatten"),
                invalid(
                                "image/old/a\nimage/old/old/b\nimage/old/old/c\nelse/d",
                                "2 lines: no new key, and the key that the prefixes yield is under",
                                "line 2: 'image/old/old/b'; line 3: 'image/old/old/c'",
                                "line 4: 'else/d'")
                        .with("LEGACY", "image/old")
                        .with("TARGET", "image"),
                valid("image/old/old/b,own/b", "image/old/old/b > own/b")
                        .with("LEGACY", "image/old")
                        .with("TARGET", "image"),
                valid("image/x/a\nimage/y/b", "image/x/a", "image/y/b").with("KEY_LAYOUT", "flatten"),
                // All errors at once.
                invalid(
                        ",a\nimages/b\nimage/c,x\nimage/d,x\nimage/e,",
                        "a key that the store doesn't accept",
                        "outside",
                        "another key",
                        "a new key that the store doesn't accept"),
                // Not CSV, or not in UTF-8.
                invalid("image/a\n\"image/b\nimage/c", "isn't valid CSV", "after line 1"),
                invalid("\u00ff\u00fei\0m\0", "UTF-16").with("raw", "latin1"),
                invalid("image/\u00e9", "invalid UTF-8").with("raw", "latin1"));
    }
}
