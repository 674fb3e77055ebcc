package dev.rehome.store.s3;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A role to assume, if the buckets belong to two accounts.
 *
 * @param arn its ARN; it reads the source and writes the target
 * @param session appears in the other account's logs; 2 to 64 letters, digits and {@code =,.@-_} (AWS STS, AssumeRole)
 * @param externalId the external ID that the role's trust policy requires, if any
 * @param endpoint a server other than the region's own STS
 */
public record TargetRole(String arn, String session, Secret externalId, Optional<URI> endpoint) {
    private static final Setting<Optional<String>> ARN = Setting.text(
                    "TARGET_ROLE_ARN", "Role to assume; must read the source and write the target.")
            .optional();
    private static final Setting<String> SESSION = Setting.text(
                    "TARGET_ROLE_SESSION_NAME", "Session name of the consumers in the logs of the role's account.")
            .or("rehome");
    private static final Setting<Secret> EXTERNAL_ID = Setting.secret(
                    "TARGET_ROLE_EXTERNAL_ID", "External ID that the role's trust policy requires.")
            .or(Secret.NONE);

    static final List<Setting<?>> ALL = List.of(ARN, SESSION, EXTERNAL_ID);

    public TargetRole {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(endpoint, "endpoint");
        if (!session.matches("[\\w+=,.@-]{2,64}")) {
            throw new IllegalArgumentException("expected 2 to 64 letters, digits or =,.@-_, got '" + session + "'");
        }
    }

    /** The role, if one is set; {@code endpoint} is the one for all services. */
    static Optional<TargetRole> from(Environment env, Optional<URI> endpoint) {
        Optional<String> arn = env.read(ARN);
        String session = env.read(SESSION);
        Secret externalId = env.read(EXTERNAL_ID);
        if (arn.isEmpty() && externalId.isPresent()) {
            env.problem("TARGET_ROLE_EXTERNAL_ID is set without TARGET_ROLE_ARN: set the role, or neither");
        }
        try {
            return arn.map(role -> new TargetRole(role, session, externalId, endpoint));
        } catch (IllegalArgumentException wrong) {
            env.problem("TARGET_ROLE_SESSION_NAME is not valid: " + wrong.getMessage());
            return Optional.empty();
        }
    }
}
