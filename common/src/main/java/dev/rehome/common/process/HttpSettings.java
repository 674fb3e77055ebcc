package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * Where the health endpoint listens.
 *
 * @param port TCP port; 0 for no endpoint
 * @param bind the address to listen on
 */
public record HttpSettings(int port, String bind) {
    private static final Setting<Integer> PORT = Setting.integer(
                    "HTTP_PORT", "Port of the health endpoint; 0 for none.", 0, 65_535)
            .or(0);
    private static final Setting<String> BIND = Setting.text(
                    "HTTP_BIND",
                    "Address that the health endpoint listens on; 0.0.0.0 makes it reachable from outside.")
            .or("127.0.0.1");

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(PORT, BIND);

    /** Reads them; problems are collected in the environment. */
    public static HttpSettings from(Environment env) {
        return new HttpSettings(env.read(PORT), env.read(BIND));
    }
}
