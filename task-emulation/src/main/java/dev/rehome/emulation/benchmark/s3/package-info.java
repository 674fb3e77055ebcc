/** An S3 server that stores nothing and responds as if the sample's objects existed. */
package dev.rehome.emulation.benchmark.s3;
