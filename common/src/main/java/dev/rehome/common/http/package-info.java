/** Requests, responses and their handlers, independent of the HTTP server. */
package dev.rehome.common.http;
