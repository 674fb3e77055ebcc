package dev.rehome.common.process;

import java.security.Security;

/**
 * How long the JVM keeps what a name stood for. Redis and a database that failed over come back under another address,
 * and the JVM's own half a minute would be added to each such outage (AWS recommends five seconds for its SDK).
 */
public final class DnsCache {
    private static final String KEPT = "networkaddress.cache.ttl";
    private static final String KEPT_FAILURES = "networkaddress.cache.negative.ttl";

    private DnsCache() {}

    /** Shortens it, where the JVM was not told otherwise. To be called before the first connection is made. */
    public static void shortenTtl() {
        if (Security.getProperty(KEPT) == null) {
            Security.setProperty(KEPT, "5");
            Security.setProperty(KEPT_FAILURES, "1");
        }
    }
}
