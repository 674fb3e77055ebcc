package dev.rehome.producer.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import java.util.ArrayList;
import java.util.List;

/** Checks before a run that the services to be scaled at its end exist under the names in the settings. */
public final class ServiceCheck {
    private ServiceCheck() {}

    /**
     * The findings; none when cluster and services are found.
     *
     * @param consumersMayFollow whether the consumers' service may be created later: Terraform creates it once the
     *     producer's service is steady
     */
    public static List<PreflightFinding> of(
            ServiceScaler scaler, ScalingSettings settings, boolean consumersMayFollow) {
        List<PreflightFinding> findings = new ArrayList<>();
        try {
            if (scaler.state(settings.producerService()).isEmpty()) {
                findings.add(PreflightFinding.refused(missing(settings, settings.producerService())
                        + ". Set PRODUCER_SERVICE_NAME to the service that runs the producer, or leave CLUSTER_NAME"
                        + " empty outside ECS."));
            }
            if (scaler.state(settings.consumerService()).isEmpty()) {
                String text = missing(settings, settings.consumerService());
                findings.add(
                        consumersMayFollow
                                ? PreflightFinding.warning(text + " yet. If no apply creates it, set"
                                        + " CONSUMER_SERVICE_NAME to the service that runs the consumers.")
                                : PreflightFinding.refused(text + ". Set CONSUMER_SERVICE_NAME to the service that runs"
                                        + " the consumers, or leave CLUSTER_NAME empty outside ECS."));
            }
        } catch (Rejected noCluster) {
            findings.add(PreflightFinding.refused(noCluster.getMessage() + "."));
        } catch (Unavailable failure) {
            findings.add(PreflightFinding.warning("The services can't be checked: " + failure.getMessage()
                    + " At the end the run retries until it can scale them."));
        }
        return findings;
    }

    private static String missing(ScalingSettings settings, String service) {
        return "The ECS cluster " + settings.cluster() + " has no active service " + service;
    }
}
