/** An HTTP server on Netty: {@link dev.rehome.http.HttpServer}. */
package dev.rehome.http;
