package dev.rehome.store.s3.lean;

/**
 * A server that speaks HTTP/1.1.
 *
 * @param tls whether connections are encrypted; the certificate and the host name are then verified
 * @param host its name or address
 * @param port its TCP port
 */
record HttpEndpoint(boolean tls, String host, int port) {
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
