/**
 * The lean engine for ordinary copies: CopyObject over keep-alive HTTP/1.1 connections, with requests modelled on the
 * SDK's own. {@link dev.rehome.store.s3.lean.LeanCopyEngine} is the entry point.
 */
package dev.rehome.store.s3.lean;
