package dev.rehome.store.s3;

/** Entity tags as S3 writes them: in quotes, which aren't part of the tag. */
final class ETag {
    private ETag() {}

    /** The tag without quotes; the empty text for none. */
    static String bare(String written) {
        return written == null ? "" : written.replace("\"", "");
    }
}
