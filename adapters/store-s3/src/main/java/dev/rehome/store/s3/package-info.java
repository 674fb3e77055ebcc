/**
 * Objects in S3 and in servers that speak its protocol.
 *
 * <p>A copy is one {@code CopyObject} request on the ordinary path. Whatever else may happen has a class of its own: a
 * target that is there already or an answer that tells nothing ({@link dev.rehome.store.s3.Settlement}), a
 * server that ignores the condition on the target ({@link dev.rehome.store.s3.TargetGuard}), an object too
 * large for one request ({@link dev.rehome.store.s3.MultipartCopy}).
 *
 * <p>S3's answers become {@link dev.rehome.store.s3.S3Failure} where they enter, by error code.
 */
package dev.rehome.store.s3;
