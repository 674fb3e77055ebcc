/**
 * Objects in S3 and in servers with its protocol.
 *
 * <p>An ordinary copy is one asynchronous {@code CopyObject} request ({@link dev.rehome.store.s3.S3ServerSideCopy}). The
 * exceptions are straight-line blocking code: a target that exists already or a response that proves nothing ({@link
 * dev.rehome.store.s3.AmbiguousCopyResolver}), a server that doesn't honour the condition on the target ({@link
 * dev.rehome.store.s3.ConditionalCopyProbe}), an object that is too large for one request ({@link
 * dev.rehome.store.s3.S3MultipartCopy}).
 *
 * <p>Errors become {@link dev.rehome.store.s3.S3Failure} where they enter, classified by error code.
 */
package dev.rehome.store.s3;
