package dev.rehome.store.s3.lean;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What the lean engine computes for one copy. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CopyRequestBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
    private static final String RESPONSE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<CopyObjectResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            + "<ETag>&quot;5eed0000000000000000000000000001&quot;</ETag></CopyObjectResult>";

    private final AwsCredentialsIdentity credentials =
            AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private final CopyRequestWriter writer = new CopyRequestWriter(new CopyTemplate(
            new Endpoint(true, "new.s3.eu-central-1.amazonaws.com", 443),
            "/",
            "legacy/",
            new TreeMap<>(Map.of("host", "new.s3.eu-central-1.amazonaws.com", "if-none-match", "*")),
            "eu-central-1"));
    private final RequestSigner signer = new RequestSigner("eu-central-1", "s3");
    private final ByteBuf request = Unpooled.directBuffer(2_048);
    private final byte[] signature = new byte[RequestSigner.DIGITS];
    private byte[] canonical = new byte[0];

    /** Makes a canonical request of the usual length. */
    @Setup
    public void prepare() {
        signer.use(credentials, NOW);
        canonical = "x".repeat(420).getBytes(StandardCharsets.US_ASCII);
    }

    /** The signature alone: a SHA-256 and an HMAC. */
    @Benchmark
    public byte[] sign() {
        signer.sign(canonical, canonical.length, signature);
        return signature;
    }

    /** The whole request, signed, for keys that need no encoding. */
    @Benchmark
    public ByteBuf write() {
        request.clear();
        writer.write(request, "user_image/4711/1234567.jpg", "avatar/4711/1234567.jpg", credentials, NOW);
        return request;
    }

    /** The same for keys that need it. */
    @Benchmark
    public ByteBuf writeEncoded() {
        request.clear();
        writer.write(request, "user_image/4711/größe 7.jpg", "avatar/4711/größe 7.jpg", credentials, NOW);
        return request;
    }

    /** The response to a copy. */
    @Benchmark
    public Object parse() {
        return CopyResponse.parse(RESPONSE);
    }
}
