package dev.rehome.emulation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rehome.embedded.FreePort;
import dev.rehome.emulation.process.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A headless Chromium, steered by ChromeDriver through the W3C WebDriver protocol (https://www.w3.org/TR/webdriver2/). Tests
 * that need one are skipped where Debian's packages chromium and chromium-driver aren't installed.
 */
final class Browser implements AutoCloseable {
    /** Keys as WebDriver names them. */
    static final String TAB = "\uE004";

    static final String ENTER = "\uE007";
    static final String ESCAPE = "\uE00C";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    /** Possessive, so that a long value needs no deep stack. */
    private static final Pattern VALUE = Pattern.compile("\"value\":\"((?:[^\"\\\\]++|\\\\.)*+)\"", Pattern.DOTALL);

    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process driver;
    private final String session;

    /** A window of this size. */
    Browser(int width, int height) throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "Skipped: the page is tested in a browser, and " + CHROMIUM + " or " + DRIVER
                        + " is missing (apt-get install chromium chromium-driver)");
        int port = FreePort.find();
        driver = new ProcessBuilder(DRIVER.toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String root = "http://127.0.0.1:" + port;
        Await.until("ChromeDriver listens", Await.STEP, () -> isUp(root + "/status"));
        String options = String.format(
                Locale.ROOT,
                "{\"capabilities\":{\"alwaysMatch\":{\"goog:chromeOptions\":{\"binary\":\"%s\",\"args\":[\"--headless=new\","
                        + "\"--no-sandbox\",\"--disable-gpu\",\"--disable-dev-shm-usage\",\"--window-size=%d,%d\"]}}}}",
                CHROMIUM,
                width,
                height);
        Matcher started = SESSION.matcher(send("POST", root + "/session", options));
        if (!started.find()) {
            throw new IOException("ChromeDriver started no session");
        }
        session = root + "/session/" + started.group(1);
    }

    private boolean isUp(String address) {
        try {
            return send("GET", address, "").contains("\"ready\":true");
        } catch (IOException notYet) {
            return false;
        }
    }

    void open(String address) throws IOException {
        send("POST", session + "/url", "{\"url\":\"" + address + "\"}");
    }

    /** The text that a script returns. */
    String script(String script) throws IOException {
        String escaped = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        Matcher value =
                VALUE.matcher(send("POST", session + "/execute/sync", "{\"script\":\"" + escaped + "\",\"args\":[]}"));
        return value.find() ? value.group(1).replace("\\\"", "\"").replace("\\n", "\n") : "";
    }

    /** The text of an element. */
    String text(String id) throws IOException {
        return script("return document.getElementById('" + id + "').textContent");
    }

    void click(String selector) throws IOException {
        script("document.querySelector('" + selector + "').click()");
    }

    void type(String id, String text) throws IOException {
        script("document.getElementById('" + id + "').value = '" + text + "'");
    }

    /** Presses and releases keys, which go to the element that has the focus. */
    void press(String keys) throws IOException {
        StringBuilder actions = new StringBuilder();
        keys.codePoints()
                .mapToObj(Character::toString)
                .forEach(key -> actions.append(actions.isEmpty() ? "" : ",")
                        .append("{\"type\":\"keyDown\",\"value\":\"")
                        .append(key)
                        .append("\"},{\"type\":\"keyUp\",\"value\":\"")
                        .append(key)
                        .append("\"}"));
        send(
                "POST",
                session + "/actions",
                "{\"actions\":[{\"type\":\"key\",\"id\":\"keyboard\",\"actions\":[" + actions + "]}]}");
    }

    /** Shows the page as on a device of this width whose user prefers this colour scheme: light or dark. */
    void device(int width, String scheme) throws IOException {
        command(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}");
        command(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }

    /** A command of the Chrome DevTools Protocol. */
    private void command(String name, String parameters) throws IOException {
        send("POST", session + "/goog/cdp/execute", "{\"cmd\":\"" + name + "\",\"params\":" + parameters + "}");
    }

    /** Waits until an element's text contains something. */
    void await(String id, String text) {
        Await.until(
                "#" + id + " contains '" + text + "'",
                Await.STEP,
                () -> textOrNothing(id).contains(text));
    }

    private String textOrNothing(String id) {
        try {
            return text(id);
        } catch (IOException away) {
            return "";
        }
    }

    /** A picture of the window. */
    void screenshot(Path file) throws IOException {
        Matcher value = VALUE.matcher(send("GET", session + "/screenshot", ""));
        if (!value.find()) {
            throw new IOException("ChromeDriver made no picture");
        }
        Files.write(file, Base64.getDecoder().decode(value.group(1)));
    }

    private String send(String method, String address, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, "");
            driver.destroy();
            if (!driver.waitFor(10, TimeUnit.SECONDS)) {
                driver.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            List.copyOf(driver.children().toList()).forEach(ProcessHandle::destroyForcibly);
        }
    }
}
