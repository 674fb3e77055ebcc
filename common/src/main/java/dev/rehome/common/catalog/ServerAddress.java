package dev.rehome.common.catalog;

import java.util.OptionalInt;

/**
 * Where a database server listens.
 *
 * @param host host name or address; an IPv6 address without brackets
 * @param port TCP port; empty for that of the primary
 */
public record ServerAddress(String host, OptionalInt port) {
    public ServerAddress {
        boolean hasSpace = host.chars().anyMatch(Character::isWhitespace);
        if (host.isEmpty() || hasSpace || (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535))) {
            throw new IllegalArgumentException("No address: '" + host + "' " + port);
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or, for IPv6, {@code [address]:port}.
     *
     * @throws IllegalArgumentException when it is none of them
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
            throw new IllegalArgumentException("An IPv6 address stands in brackets: " + host);
        }
        return bare;
    }

    @Override
    public String toString() {
        String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? written + ":" + port.getAsInt() : written;
    }
}
