package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;

class AssumedRoleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private ScriptedS3 server;
    private StsAsyncClient sts;
    private AssumedRole role;

    @BeforeEach
    void open() throws Exception {
        server = new ScriptedS3();
        sts = StsAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
        role = new AssumedRole(
                sts, new TargetRole("arn:aws:iam::1:role/mover", "rehome", Secret.NONE, Optional.empty()), now::get);
    }

    @AfterEach
    void close() {
        sts.close();
        server.close();
    }

    @Test
    void credentialsAreKeptUntilShortlyBeforeTheyExpire() {
        server.next(ScriptedRequest.Operation.ASSUME, ScriptedAnswer.granted("first", START.plus(Duration.ofHours(1))));
        assertThat(accessKey()).isEqualTo("first");
        now.set(START.plus(Duration.ofMinutes(54)));
        assertThat(accessKey()).isEqualTo("first");
        server.next(
                ScriptedRequest.Operation.ASSUME, ScriptedAnswer.granted("second", START.plus(Duration.ofHours(2))));
        now.set(START.plus(Duration.ofMinutes(56)));
        assertThat(accessKey()).isEqualTo("second");
        assertThat(server.journal()).hasSize(2);
    }

    @Test
    void refusalIsNotKept() {
        server.next(ScriptedRequest.Operation.ASSUME, ScriptedAnswer.bare(403));
        assertThat(catchRefusal()).isNotNull();
        server.next(ScriptedRequest.Operation.ASSUME, ScriptedAnswer.granted("first", START.plus(Duration.ofHours(1))));
        assertThat(accessKey()).isEqualTo("first");
    }

    private CompletionException catchRefusal() {
        try {
            throw new AssertionError(accessKey());
        } catch (CompletionException refused) {
            return refused;
        }
    }

    private String accessKey() {
        AwsCredentialsIdentity identity =
                role.resolveIdentity(ResolveIdentityRequest.builder().build()).join();
        return identity.accessKeyId();
    }
}
