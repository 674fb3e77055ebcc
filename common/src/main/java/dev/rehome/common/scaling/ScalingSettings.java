package dev.rehome.common.scaling;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The services that run producer and consumers, which are scaled to zero at the end of a run.
 *
 * @param cluster the ECS cluster
 * @param consumerService the consumers' service
 * @param producerService the producer's service
 */
public record ScalingSettings(String cluster, String consumerService, String producerService) {
    private static final Setting<Optional<String>> CLUSTER = Setting.text(
                    "CLUSTER_NAME",
                    "The ECS cluster. When empty, nothing is scaled and consumers exit when the run is complete.")
            .optional();
    private static final Setting<Optional<String>> CONSUMER = Setting.text(
                    "CONSUMER_SERVICE_NAME", "The consumers' ECS service; required with CLUSTER_NAME.")
            .optional();
    private static final Setting<Optional<String>> PRODUCER = Setting.text(
                    "PRODUCER_SERVICE_NAME", "The producer's ECS service; required with CLUSTER_NAME.")
            .optional();

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(CLUSTER, CONSUMER, PRODUCER);

    /** Reads them and adds problems to the environment; empty outside ECS. */
    public static Optional<ScalingSettings> from(Environment env) {
        Optional<String> cluster = env.read(CLUSTER);
        Optional<String> consumer = env.read(CONSUMER);
        Optional<String> producer = env.read(PRODUCER);
        if (cluster.isEmpty()) {
            return Optional.empty();
        }
        if (consumer.isEmpty() || producer.isEmpty()) {
            env.problem("CLUSTER_NAME is set, so CONSUMER_SERVICE_NAME and PRODUCER_SERVICE_NAME must be set too:"
                    + " both services are scaled to zero at the end");
            return Optional.empty();
        }
        if (consumer.equals(producer)) {
            env.problem("CONSUMER_SERVICE_NAME and PRODUCER_SERVICE_NAME are both " + consumer.get()
                    + ": expected two services");
            return Optional.empty();
        }
        return Optional.of(new ScalingSettings(cluster.get(), consumer.get(), producer.get()));
    }
}
