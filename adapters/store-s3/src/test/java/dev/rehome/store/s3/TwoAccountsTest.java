package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.SettingsProblems;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Buckets of two accounts: a role of the other one is assumed, and everything is done as that role. */
class TwoAccountsTest extends FakeS3Test {
    @Test
    void everythingIsSignedByTheRoleThatWasAssumedOnce() {
        reopen(Map.of(
                "AWS_ENDPOINT_URL", s3.endpoint().toString(),
                "AWS_REGION", "eu-central-1",
                "TARGET_ROLE_ARN", "arn:aws:iam::2:role/mover",
                "TARGET_ROLE_SESSION_NAME", "avatars",
                "TARGET_ROLE_EXTERNAL_ID", "agreed"));
        put(SOURCE, "bytes");

        copied();
        copied();

        assertThat(s3.count(Operation.ASSUME)).isOne();
        ReceivedRequest assumed = s3.journal().get(0);
        assertThat(assumed.signer()).isEqualTo("key");
        assertThat(ReceivedRequest.parameters(assumed.body()))
                .containsEntry("RoleArn", "arn:aws:iam::2:role/mover")
                .containsEntry("RoleSessionName", "avatars")
                .containsEntry("ExternalId", "agreed");
        assertThat(s3.journal().subList(1, s3.journal().size())).isNotEmpty().allSatisfy(request -> {
            assertThat(request.signer()).isEqualTo("ASSUMED");
            assertThat(request.header("x-amz-security-token")).isEqualTo("t");
        });
    }

    @Test
    void credentialsThatAreAboutToExpireAreRenewed() {
        reopen(Map.of("AWS_ENDPOINT_URL", s3.endpoint().toString(), "TARGET_ROLE_ARN", "arn:aws:iam::2:role/mover"));
        put(SOURCE, "bytes");
        Instant soon = Instant.now().plusSeconds(10);
        s3.next(Operation.ASSUME, FakeResponse.granted("first", soon));

        copied();

        assertThat(s3.journal().get(1).signer()).isEqualTo("first");
        assertThat(s3.journal().get(s3.journal().size() - 1).signer()).isEqualTo("ASSUMED");
    }

    @Test
    void withoutAnExternalIdNoneIsSent() {
        reopen(Map.of("AWS_ENDPOINT_URL", s3.endpoint().toString(), "TARGET_ROLE_ARN", "arn:aws:iam::2:role/mover"));
        put(SOURCE, "bytes");
        copied();
        assertThat(ReceivedRequest.parameters(s3.journal().get(0).body()))
                .containsEntry("RoleSessionName", "rehome")
                .doesNotContainKey("ExternalId");
    }

    @Test
    void settingsThatDoNotFitAreProblems() {
        assertThatThrownBy(() -> settings(Map.of("TARGET_ROLE_EXTERNAL_ID", "agreed")))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("TARGET_ROLE_ARN");
        assertThatThrownBy(() -> settings(Map.of("TARGET_ROLE_ARN", "arn", "TARGET_ROLE_SESSION_NAME", "not a name")))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("TARGET_ROLE_SESSION_NAME");
    }
}
