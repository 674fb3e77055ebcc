package dev.rehome.emulation.benchmark.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of a CopyObject request that determine its response.
 *
 * @param path the decoded path, with bucket and key
 * @param source the decoded copy source
 * @param sourceIfMatch the ETag that the source must have; empty for any
 * @param onlyIfAbsent whether the target must not exist
 */
record CopyHead(String path, String source, Optional<String> sourceIfMatch, boolean onlyIfAbsent) {
    static final String SOURCE = "x-amz-copy-source";
    static final String SOURCE_IF_MATCH = "x-amz-copy-source-if-match";
    static final String IF_NONE_MATCH = "if-none-match";

    private static final String METHOD = "PUT ";
    private static final String LENGTH = "content-length";
    private static final String BODY_WITHOUT_LENGTH = "transfer-encoding";
    private static final String NO_BODY = "0";

    /**
     * Parses a request. The client must wait for the response before it sends another one.
     *
     * @param length of the request at the beginning of {@code bytes}
     * @return empty if it isn't a CopyObject request, has a body, isn't complete, or has an invalid encoding
     */
    static Optional<CopyHead> parse(byte[] bytes, int length) {
        int end = lineEnd(bytes, 0, length);
        int target = METHOD.length();
        int targetEnd = target;
        while (targetEnd < end && bytes[targetEnd] != ' ' && bytes[targetEnd] != '?') {
            targetEnd++;
        }
        if (end == length || !startsWith(bytes, 0, end, METHOD) || bytes[targetEnd] != ' ') {
            return Optional.empty();
        }
        String source = null;
        Optional<String> ifMatch = Optional.empty();
        boolean onlyIfAbsent = false;
        boolean hasBody = true;
        int line = end + 2;
        for (end = lineEnd(bytes, line, length); end > line && end < length; end = lineEnd(bytes, line, length)) {
            if (isNamed(bytes, line, end, SOURCE)) {
                source = value(bytes, line, end, SOURCE);
            } else if (isNamed(bytes, line, end, SOURCE_IF_MATCH)) {
                ifMatch = Optional.of(value(bytes, line, end, SOURCE_IF_MATCH));
            } else if (isNamed(bytes, line, end, IF_NONE_MATCH)) {
                onlyIfAbsent = true;
            } else if (isNamed(bytes, line, end, LENGTH)) {
                hasBody = !value(bytes, line, end, LENGTH).equals(NO_BODY);
            } else if (isNamed(bytes, line, end, BODY_WITHOUT_LENGTH)) {
                return Optional.empty();
            }
            line = end + 2;
        }
        boolean isWhole = end == line && end + 2 == length;
        if (!isWhole || hasBody || source == null) {
            return Optional.empty();
        }
        String path = new String(bytes, target, targetEnd - target, StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(new CopyHead(decoded(path), decoded(source), ifMatch, onlyIfAbsent));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** The index of the line's CR LF; {@code length} if there is none. */
    private static int lineEnd(byte[] bytes, int from, int length) {
        for (int i = from; i + 1 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return length;
    }

    private static boolean isNamed(byte[] bytes, int line, int end, String name) {
        int colon = line + name.length();
        return colon < end && bytes[colon] == ':' && startsWith(bytes, line, end, name);
    }

    /** Ignores the case of ASCII letters; {@code text} has none in upper case, or is the method. */
    private static boolean startsWith(byte[] bytes, int from, int end, String text) {
        if (end - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int found = bytes[from + i];
            if (found != text.charAt(i) && (found | 0x20) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String value(byte[] bytes, int line, int end, String name) {
        int from = line + name.length() + 1;
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).strip();
    }

    /** A path or a copy source without its percent-encoding. */
    static String decoded(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
