package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * The HTTP port of a process, and the clients that may use it.
 *
 * @param port TCP port; 0 for none
 * @param bind the address to listen on
 * @param token the token that every request except the health check must carry; required beyond loopback
 * @param readOnly whether requests that change something are refused
 */
public record HttpSettings(int port, String bind, Secret token, boolean readOnly) {
    /** Shorter tokens could be guessed. */
    private static final int LEAST_TOKEN = 16;

    private static final Setting<Integer> PORT = Setting.integer(
                    "HTTP_PORT",
                    "Port of the health check, the metrics and, on the producer, the dashboard; 0 for none.",
                    0,
                    65_535)
            .or(0);
    private static final Setting<String> BIND = Setting.text(
                    "HTTP_BIND",
                    "Address that HTTP_PORT listens on; 0.0.0.0 makes it reachable from outside and needs HTTP_TOKEN.")
            .or("127.0.0.1");
    private static final Setting<Secret> TOKEN = Setting.secret(
                    "HTTP_TOKEN",
                    "Token of at least 16 characters that every request but the health check must carry. Required when"
                            + " HTTP_BIND isn't a loopback address.")
            .or(Secret.NONE);
    private static final Setting<Boolean> READ_ONLY = Setting.flag(
                    "HTTP_READ_ONLY",
                    "Refuses every HTTP request that would change something; the commands still work.")
            .or(false);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(PORT, BIND, TOKEN, READ_ONLY);

    /** A port on an address, without a token. */
    public HttpSettings(int port, String bind) {
        this(port, bind, Secret.NONE, false);
    }

    /** Reads them; problems are collected in the environment, which must be asked for them before the settings are used. */
    public static HttpSettings from(Environment env) {
        HttpSettings settings = new HttpSettings(env.read(PORT), env.read(BIND), env.read(TOKEN), env.read(READ_ONLY));
        if (settings.token.isPresent() && settings.token.reveal().length() < LEAST_TOKEN) {
            env.problem("HTTP_TOKEN is too short: expected at least " + LEAST_TOKEN
                    + " characters, such as the output of 'openssl rand -hex 24'");
        }
        if (!settings.token.reveal().matches("[!-~]*")) {
            env.problem("HTTP_TOKEN has characters that can't be sent in a header: expected ASCII letters, digits and"
                    + " punctuation without spaces");
        }
        if (settings.port != 0 && !settings.isLoopback() && !settings.token.isPresent()) {
            env.problem(
                    "HTTP_BIND=" + settings.bind + " can be reached from outside, and HTTP_TOKEN is not set: anybody"
                            + " there could pause or abort the migration. Set HTTP_TOKEN, or HTTP_BIND=127.0.0.1");
        }
        return settings;
    }

    /** Whether only this machine reaches the address. */
    public boolean isLoopback() {
        return bind.equals("localhost") || bind.equals("::1") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }
}
