package dev.rehome.store.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Credentials of an assumed role, renewed before they expire. The SDK's own provider needs a blocking HTTP client that
 * nothing else here uses. Safe for use by any thread.
 */
final class AssumedRole implements IdentityProvider<AwsCredentialsIdentity> {
    /** A request may be retried for a while after it was signed. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final StsAsyncClient sts;
    private final TargetRole role;
    private final InstantSource time;
    private CompletableFuture<Credentials> current;

    AssumedRole(StsAsyncClient sts, TargetRole role, InstantSource time) {
        this.sts = sts;
        this.role = role;
        this.time = time;
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return valid().thenApply(credentials -> AwsSessionCredentialsIdentity.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }

    private synchronized CompletableFuture<Credentials> valid() {
        if (current == null || hasEnded(current)) {
            current = sts.assumeRole(asked -> asked.roleArn(role.arn())
                            .roleSessionName(role.session())
                            .externalId(
                                    role.externalId().isPresent()
                                            ? role.externalId().reveal()
                                            : null))
                    .thenApply(answer -> answer.credentials());
        }
        return current;
    }

    private boolean hasEnded(CompletableFuture<Credentials> credentials) {
        if (!credentials.isDone()) {
            return false;
        }
        Instant needed = time.instant().plus(MARGIN);
        return credentials.isCompletedExceptionally()
                || needed.isAfter(credentials.join().expiration());
    }
}
