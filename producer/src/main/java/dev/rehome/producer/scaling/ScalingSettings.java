package dev.rehome.producer.scaling;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The services that the producer scales to zero at the end.
 *
 * @param cluster the ECS cluster
 * @param consumerService the consumers' service
 * @param producerService the producer's own service
 * @param region the AWS region; the SDK's own choice when empty
 */
public record ScalingSettings(String cluster, String consumerService, String producerService, Optional<String> region) {
    private static final Setting<Optional<String>> CLUSTER = Setting.text(
                    "CLUSTER_NAME", "The ECS cluster; outside ECS when empty: then nothing is scaled.")
            .optional();
    private static final Setting<Optional<String>> CONSUMER = Setting.text(
                    "CONSUMER_SERVICE_NAME", "The consumers' ECS service; needed with CLUSTER_NAME.")
            .optional();
    private static final Setting<Optional<String>> PRODUCER = Setting.text(
                    "PRODUCER_SERVICE_NAME", "The producer's own ECS service; needed with CLUSTER_NAME.")
            .optional();
    private static final Setting<Optional<String>> REGION = Setting.text(
                    "AWS_REGION", "AWS region of the services and the target bucket; the source's is found out.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(CLUSTER, CONSUMER, PRODUCER, REGION);

    /** Reads them; problems are gathered in the environment; empty outside ECS. */
    public static Optional<ScalingSettings> from(Environment env) {
        Optional<String> cluster = env.read(CLUSTER);
        Optional<String> consumer = env.read(CONSUMER);
        Optional<String> producer = env.read(PRODUCER);
        Optional<String> region = env.read(REGION);
        if (cluster.isEmpty()) {
            return Optional.empty();
        }
        if (consumer.isEmpty() || producer.isEmpty()) {
            env.problem("CLUSTER_NAME is set, so CONSUMER_SERVICE_NAME and PRODUCER_SERVICE_NAME must be set too:"
                    + " both services are scaled to zero at the end");
            return Optional.empty();
        }
        return Optional.of(new ScalingSettings(cluster.get(), consumer.get(), producer.get(), region));
    }
}
