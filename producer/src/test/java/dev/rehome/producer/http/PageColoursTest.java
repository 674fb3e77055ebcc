package dev.rehome.producer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contrast of the page's colours, light and dark, by the formula of WCAG 2.2. */
class PageColoursTest {
    private static final Pattern VARIABLE = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");
    private static final List<String> GROUNDS = List.of("ground", "surface");
    private static final List<String> TEXTS = List.of("ink", "quiet", "good", "warn", "bad");
    private static final List<String> BUTTONS = List.of("applied", "bad", "good", "warn", "quiet");

    static Stream<Map<String, Integer>> schemes() {
        String css = Page.file("/app.css").orElseThrow().body();
        String[] blocks = css.split(":root \\{", -1);
        assertThat(blocks).as("light and dark colours").hasSize(3);
        return Stream.of(variables(blocks[1]), variables(blocks[2]));
    }

    private static Map<String, Integer> variables(String css) {
        Map<String, Integer> found = new HashMap<>();
        Matcher variable = VARIABLE.matcher(css.substring(0, css.indexOf('}')));
        while (variable.find()) {
            found.put(variable.group(1), Integer.parseInt(variable.group(2), 16));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void textIsReadable(Map<String, Integer> colours) {
        for (String ground : GROUNDS) {
            for (String text : TEXTS) {
                assertThat(contrast(colours, text, ground))
                        .as("%s on %s", text, ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
        for (String button : BUTTONS) {
            assertThat(contrast(colours, "on-colour", button))
                    .as("text on %s", button)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void focusBordersAndTheBarStandOut(Map<String, Integer> colours) {
        for (String ground : GROUNDS) {
            assertThat(contrast(colours, "applied", ground))
                    .as("focus on %s", ground)
                    .isGreaterThanOrEqualTo(3.0);
            assertThat(contrast(colours, "quiet", ground))
                    .as("border on %s", ground)
                    .isGreaterThanOrEqualTo(3.0);
        }
        assertThat(contrast(colours, "applied", "line"))
                .as("progress in the bar")
                .isGreaterThanOrEqualTo(3.0);
    }

    private static double contrast(Map<String, Integer> colours, String one, String other) {
        double a = luminance(colours.get(one));
        double b = luminance(colours.get(other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * part(colour >> 16) + 0.7152 * part(colour >> 8) + 0.0722 * part(colour);
    }

    private static double part(int colour) {
        double share = (colour & 0xFF) / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
