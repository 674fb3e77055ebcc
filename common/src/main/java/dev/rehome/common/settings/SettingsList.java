package dev.rehome.common.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of a process as a list for its log. */
public final class SettingsList {
    /** Names whose values aren't shown even if the setting isn't declared as secret. */
    private static final Pattern SENSITIVE = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|ACCESS_KEY|CREDENTIAL).*");
    /** Credentials in an address: everything between the scheme and an at sign. */
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@]*@");
    /** The path of a webhook's address often is its secret. */
    private static final Pattern WEBHOOK_PATH = Pattern.compile("(://[^/?#]*[/?#]).+");

    private SettingsList() {}

    /** The settings that are set, one a line in the order of their declaration, and how many have their defaults. */
    public static String of(List<Setting<?>> settings, Map<String, String> environment) {
        List<Setting<?>> set = settings.stream()
                .filter(setting -> !environment.getOrDefault(setting.name(), "").isEmpty())
                .distinct()
                .toList();
        return "Settings; the other " + (settings.stream().distinct().count() - set.size()) + " have their defaults:"
                + set.stream()
                        .map(setting -> "\n  " + setting.name() + "=" + shown(setting, environment.get(setting.name())))
                        .collect(Collectors.joining());
    }

    /** A setting's value as it may be shown: without secrets, credentials in addresses and the paths of webhooks. */
    public static String shown(Setting<?> setting, String value) {
        boolean secret = setting.fallback().filter(Secret.class::isInstance).isPresent()
                || SENSITIVE.matcher(setting.name()).matches();
        if (secret) {
            return new Secret(value).toString();
        }
        String shown = USER_INFO.matcher(value).replaceAll("$1******@");
        return setting.name().startsWith("WEBHOOK_")
                ? WEBHOOK_PATH.matcher(shown).replaceAll("$1******")
                : shown;
    }
}
