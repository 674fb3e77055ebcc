package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogLevelsTest {
    /** An unreachable Redis is reported by our own calls, in one line. */
    @Test
    void warningsOfTheRedisClientAreNotLogged() {
        Logger pool = LoggerFactory.getLogger("redis.clients.jedis.ConnectionFactory");
        assertThat(pool.isWarnEnabled()).isFalse();
        assertThat(pool.isErrorEnabled()).isTrue();
    }
}
