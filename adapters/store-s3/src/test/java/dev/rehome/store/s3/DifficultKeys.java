package dev.rehome.store.s3;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rehome.common.batch.FailureCode;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Keys that clients, proxies and servers tend to alter or reject. */
final class DifficultKeys {
    private DifficultKeys() {}

    /** A key with a name that can be shown. */
    record Case(String name, String key) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                new Case("space", "k/a b c.png"),
                new Case("space at the end", "k/trailing "),
                new Case("space at the start", " k/leading"),
                new Case("plus", "k/a+b.png"),
                new Case("percent", "k/100%.png"),
                new Case("percent escape", "k/a%20b.png"),
                new Case("escaped slash", "k/a%2Fb.png"),
                new Case("escaped percent", "k/a%252Fb.png"),
                new Case("hash", "k/a#b.png"),
                new Case("question mark", "k/a?b.png"),
                new Case("like a query", "k/a?tagging&x=1"),
                new Case("ampersand and equals", "k/a&b=c.png"),
                new Case("semicolon and comma", "k/a;b,c.png"),
                new Case("colon and at", "k/a:b@c.png"),
                new Case("single quote", "k/it's.png"),
                new Case("double quote", "k/\"a\".png"),
                new Case("angle brackets", "k/<a>.png"),
                new Case("backslash", "k/a\\b.png"),
                new Case("brackets and braces", "k/[a]{b}(c).png"),
                new Case("caret pipe backtick tilde", "k/^|`~.png"),
                new Case("star exclamation dollar", "k/*!$.png"),
                new Case("tab", "k/a\tb.png"),
                new Case("line feed", "k/a\nb.png"),
                new Case("carriage return", "k/a\rb.png"),
                new Case("control 0x01", "k/a\u0001b.png"),
                new Case("delete 0x7f", "k/a\u007fb.png"),
                new Case("next line 0x85", "k/a\u0085b.png"),
                new Case("no-break space", "k/a\u00a0b.png"),
                new Case("umlaut composed", "k/\u00e4.png"),
                new Case("umlaut decomposed", "k/a\u0308.png"),
                new Case("cyrillic", "k/\u043f\u0440\u0438\u0432\u0435\u0442.png"),
                new Case("chinese", "k/\u56fe\u7247.png"),
                new Case("emoji", "k/\ud83d\ude00.png"),
                new Case("emoji joined", "k/\ud83d\udc69\u200d\ud83d\udcbb.png"),
                new Case("byte order mark", "k/\ufeffa.png"),
                new Case("right to left mark", "k/\u200fa.png"),
                new Case("upper and lower", "K/A.PNG"),
                new Case("slash at the start", "/k/a.png"),
                new Case("two slashes at the start", "//k/a.png"),
                new Case("two slashes", "k//a.png"),
                new Case("three slashes", "k///a.png"),
                new Case("slash at the end", "k/folder/"),
                new Case("two slashes at the end", "k/folder//"),
                new Case("three dots", "k/.../a.png"),
                new Case("dot file", "k/.a.png"),
                new Case("dots at the end", "k/a.."),
                new Case("1024 bytes", "k/" + "x".repeat(1_022)),
                new Case("1024 bytes of emoji", "\ud83d\ude00".repeat(256)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(new Case("1025 bytes", "k/" + "x".repeat(1_023)), FailureCode.KEY_TOO_LONG),
                arguments(
                        new Case("1028 bytes in 514 characters", "\ud83d\ude00".repeat(257)), FailureCode.KEY_TOO_LONG),
                arguments(new Case("empty", ""), FailureCode.KEY_REFUSED),
                arguments(new Case("dot", "k/./a.png"), FailureCode.KEY_REFUSED),
                arguments(new Case("dot at the end", "k/."), FailureCode.KEY_REFUSED),
                arguments(new Case("two dots", "k/../a.png"), FailureCode.KEY_REFUSED),
                arguments(new Case("two dots at the start", "../a.png"), FailureCode.KEY_REFUSED),
                arguments(new Case("half a surrogate pair", "k/\ud83d.png"), FailureCode.KEY_REFUSED));
    }
}
