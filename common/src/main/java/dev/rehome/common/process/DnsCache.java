package dev.rehome.common.process;

import java.security.Security;

/**
 * The JVM's cache of host names. After a failover, a server has another address under the same name; the JVM's
 * default of 30 seconds would prolong each such outage. AWS recommends five seconds for its SDK.
 */
public final class DnsCache {
    private static final String TTL = "networkaddress.cache.ttl";
    private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";

    private DnsCache() {}

    /** Shortens the cache's TTL, unless the JVM was started with one. To be called before the first connection. */
    public static void shortenTtl() {
        if (Security.getProperty(TTL) == null) {
            Security.setProperty(TTL, "5");
            Security.setProperty(NEGATIVE_TTL, "1");
        }
    }
}
