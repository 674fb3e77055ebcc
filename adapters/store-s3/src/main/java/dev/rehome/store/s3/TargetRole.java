package dev.rehome.store.s3;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A role to be assumed, for buckets of two accounts.
 *
 * @param arn its name; it reads the source and writes the target
 * @param session names us in the other account's logs; 2 to 64 letters, digits and {@code =,.@-_} (AWS STS, AssumeRole)
 * @param externalId what the role's trust policy asks for
 * @param endpoint another server than the region's own STS
 */
public record TargetRole(String arn, String session, Optional<String> externalId, Optional<URI> endpoint) {
    private static final Setting<Optional<String>> ARN = Setting.text(
                    "TARGET_ROLE_ARN", "Role to assume; must read the source and write the target.")
            .optional();
    private static final Setting<String> SESSION = Setting.text(
                    "TARGET_ROLE_SESSION_NAME", "Names the consumers in the logs of the role's account.")
            .or("rehome");
    private static final Setting<Optional<String>> EXTERNAL_ID = Setting.text(
                    "TARGET_ROLE_EXTERNAL_ID", "External id that the role's trust policy asks for.")
            .optional();

    static final List<Setting<?>> ALL = List.of(ARN, SESSION, EXTERNAL_ID);

    public TargetRole {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(endpoint, "endpoint");
        if (!session.matches("[\\w+=,.@-]{2,64}")) {
            throw new IllegalArgumentException("A session's name has 2 to 64 letters, digits or =,.@-_");
        }
    }

    /** The role, if there is one; {@code endpoint} is that of all services. */
    static Optional<TargetRole> from(Environment env, Optional<URI> endpoint) {
        Optional<String> arn = env.read(ARN);
        String session = env.read(SESSION);
        Optional<String> externalId = env.read(EXTERNAL_ID);
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
