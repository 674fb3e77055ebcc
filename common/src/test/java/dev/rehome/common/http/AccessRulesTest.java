package dev.rehome.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.settings.Secret;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final HttpSettings LOOPBACK = new HttpSettings(8080, "127.0.0.1");
    private static final HttpSettings OUTSIDE = new HttpSettings(8080, "0.0.0.0", new Secret(TOKEN), false);
    private static final HttpSettings READ_ONLY = new HttpSettings(8080, "127.0.0.1", Secret.NONE, true);
    private static final Map<String, String> CHANGE =
            Map.of("host", "127.0.0.1:8080", "x-rehome", "1", "content-type", "application/json");

    private int reached;

    private HttpResponse respond(HttpSettings settings, String method, String path, Map<String, String> headers) {
        HttpHandler handler = request -> {
            reached++;
            return HttpResponse.text(200, "applied 5 of 10");
        };
        return new AccessRules(settings, Set.of("/"), handler).respond(new HttpRequest(method, path, headers, "{}"));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        all.values().removeIf(String::isEmpty);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080", "127.9.9.9"})
    void loopbackHostMayReadWithoutAToken(String host) {
        assertThat(respond(LOOPBACK, "GET", "/api/status", Map.of("host", host)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0:8080", ""})
    void siteWhoseNameResolvesToLoopbackMayNot(String host) {
        assertThat(respond(LOOPBACK, "GET", "/api/status", Map.of("host", host)).status())
                .isEqualTo(403);
        assertThat(respond(LOOPBACK, "POST", "/api/control/pause", with(CHANGE, "host", host))
                        .status())
                .isEqualTo(403);
        assertThat(reached).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'',401", "Bearer wrong,401", "0123456789abcdef,401", "Bearer 0123456789abcdef,200"})
    void tokenIsRequiredWhereThereIsOne(String authorization, int status) {
        Map<String, String> headers = with(Map.of("host", "10.0.0.1:8080"), "authorization", authorization);
        assertThat(respond(OUTSIDE, "GET", "/api/status", headers).status()).isEqualTo(status);
        assertThat(respond(OUTSIDE, "GET", "/metrics", headers).status()).isEqualTo(status);
    }

    @Test
    void healthNeedsNoTokenButSaysNoMoreThanThat() {
        assertThat(respond(OUTSIDE, "GET", "/health", Map.of("host", "10.0.0.1:8080"))
                        .body())
                .isEqualTo("healthy\n");
        Map<String, String> known = Map.of("host", "10.0.0.1:8080", "authorization", "Bearer " + TOKEN);
        assertThat(respond(OUTSIDE, "GET", "/healthz", known).body()).isEqualTo("applied 5 of 10\n");
    }

    @Test
    void pageItselfNeedsNoToken() {
        assertThat(respond(OUTSIDE, "GET", "/", Map.of("host", "10.0.0.1")).status())
                .isEqualTo(200);
        assertThat(respond(OUTSIDE, "POST", "/", Map.of("host", "10.0.0.1")).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "x-rehome,'',403",
        "content-type,text/plain,415",
        "content-type,'',415",
        "origin,http://evil.example,403",
        "origin,null,403",
        "origin,http://127.0.0.1:8080,200",
        "sec-fetch-site,cross-site,403",
        "sec-fetch-site,same-site,403",
        "sec-fetch-site,same-origin,200",
        "content-type,application/json; charset=utf-8,200"
    })
    void changeMustComeFromThisPageOrAProgram(String header, String value, int status) {
        assertThat(respond(LOOPBACK, "POST", "/api/control/pause", with(CHANGE, header, value))
                        .status())
                .isEqualTo(status);
        assertThat(reached).isEqualTo(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "sec-fetch-site,cross-site,403",
        "sec-fetch-site,same-site,403",
        "origin,http://evil.example,403",
        "sec-fetch-site,none,200",
        "sec-fetch-site,same-origin,200"
    })
    void pageOfAnotherSiteCantEvenRead(String header, String value, int status) {
        Map<String, String> headers = Map.of("host", "127.0.0.1:8080", header, value);
        assertThat(respond(LOOPBACK, "GET", "/api/events", headers).status()).isEqualTo(status);
        assertThat(respond(LOOPBACK, "GET", "/", headers).status())
                .as("a link to the page may be anywhere")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void readOnlyModeRefusesEveryChange(String method) {
        assertThat(respond(READ_ONLY, method, "/api/control/pause", CHANGE).status())
                .isIn(403, 405);
        assertThat(reached).isZero();
        assertThat(respond(READ_ONLY, "GET", "/api/status", CHANGE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/api/status", "/nothing"})
    void everyResponseHasTheSecurityHeaders(String path) {
        Map<String, String> headers =
                respond(LOOPBACK, "GET", path, Map.of("host", "evil.example")).headers();
        assertThat(headers).containsKeys("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy");
        assertThat(headers.get("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
    }
}
