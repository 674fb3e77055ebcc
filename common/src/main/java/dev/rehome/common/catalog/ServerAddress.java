package dev.rehome.common.catalog;

import java.util.OptionalInt;

/**
 * The address of a database server.
 *
 * @param host host name or address; an IPv6 address without brackets
 * @param port TCP port; empty for the port of the primary
 */
public record ServerAddress(String host, OptionalInt port) {
    public ServerAddress {
        boolean hasSpace = host.chars().anyMatch(Character::isWhitespace);
        if (host.isEmpty() || hasSpace || (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535))) {
            throw new IllegalArgumentException(
                    "Expected a host name and a port from 1 to 65535, got '" + host + "' and " + port);
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or, for IPv6, {@code [address]:port}.
     *
     * @throws IllegalArgumentException if the text has none of these forms
     */
    public static ServerAddress parse(String text) {
        String address = text.trim();
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        if (bracketed ? address.endsWith("]") : colon < 0) {
            return new ServerAddress(bare(address, bracketed), OptionalInt.empty());
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        return new ServerAddress(bare(address.substring(0, colon), bracketed), OptionalInt.of(port));
    }

    private static String bare(String host, boolean bracketed) {
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (!bracketed && bare.indexOf(':') >= 0) {
            throw new IllegalArgumentException("An IPv6 address needs brackets, as in [::1]:3306: " + host);
        }
        return bare;
    }

    @Override
    public String toString() {
        String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? written + ":" + port.getAsInt() : written;
    }
}
