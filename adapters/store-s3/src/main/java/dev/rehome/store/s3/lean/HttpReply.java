package dev.rehome.store.s3.lean;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A complete HTTP response.
 *
 * @param status the status code
 * @param headers its headers
 * @param body its whole body, decoded as UTF-8
 */
record HttpReply(int status, HttpHeaders headers, String body) {}
