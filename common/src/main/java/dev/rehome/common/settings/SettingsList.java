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

    private static String shown(Setting<?> setting, String value) {
        boolean secret = setting.fallback().filter(Secret.class::isInstance).isPresent()
                || SENSITIVE.matcher(setting.name()).matches();
        return secret ? new Secret(value).toString() : USER_INFO.matcher(value).replaceAll("$1******@");
    }
}
