/** What a process serves over HTTP, without the server that carries it. */
package dev.rehome.common.http;
