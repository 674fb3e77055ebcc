/** An S3 server that holds the sample objects only in the sense that it answers as if they were there. */
package dev.rehome.emulation.benchmark.s3;
