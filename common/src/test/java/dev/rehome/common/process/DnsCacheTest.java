package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsCacheTest {
    private static final String TTL = "networkaddress.cache.ttl";
    private final String before = Security.getProperty(TTL);

    @AfterEach
    void restore() {
        Security.setProperty(TTL, before == null ? "30" : before);
    }

    @Test
    void ttlOfTheJvmIsKept() {
        Security.setProperty(TTL, "17");
        DnsCache.shortenTtl();
        assertThat(Security.getProperty(TTL)).isEqualTo("17");
    }
}
