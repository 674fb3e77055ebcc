package dev.rehome.producer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.scaling.MemoryServices;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceCheckTest {
    private static final ScalingSettings SETTINGS = new ScalingSettings("rehome", "consumers", "producer");

    private final MemoryServices services = new MemoryServices();

    @Test
    void existingServicesNeedNoFinding() {
        services.with("producer", 1).with("consumers", 0);

        assertThat(ServiceCheck.of(services, SETTINGS, false)).isEmpty();
    }

    @Test
    void mistypedProducerServiceIsRefused() {
        services.with("producer-2", 1).with("consumers", 0);

        assertThat(texts(Severity.REFUSED, true))
                .singleElement()
                .asString()
                .contains("cluster rehome has no active service producer.", "Set PRODUCER_SERVICE_NAME");
    }

    @Test
    void mistypedConsumerServiceIsRefusedByAPlan() {
        services.with("producer", 1);

        assertThat(texts(Severity.REFUSED, false))
                .singleElement()
                .asString()
                .contains("no active service consumers", "Set CONSUMER_SERVICE_NAME");
    }

    @Test
    void runWarnsOfAMissingConsumerServiceBecauseTerraformCreatesItLast() {
        services.with("producer", 1);

        assertThat(texts(Severity.REFUSED, true)).isEmpty();
        assertThat(texts(Severity.WARNING, true)).singleElement().asString().contains("consumers yet");
    }

    @Test
    void missingClusterIsRefused() {
        assertThat(ServiceCheck.of(new Failing(new Rejected("The ECS cluster x doesn't exist")), SETTINGS, true))
                .containsExactly(PreflightFinding.refused("The ECS cluster x doesn't exist."));
    }

    @Test
    void servicesThatCannotBeReadAreAWarning() {
        assertThat(ServiceCheck.of(new Failing(new Unavailable("denied.")), SETTINGS, true))
                .extracting(PreflightFinding::severity)
                .containsExactly(Severity.WARNING);
    }

    private List<String> texts(Severity severity, boolean consumersMayFollow) {
        return ServiceCheck.of(services, SETTINGS, consumersMayFollow).stream()
                .filter(finding -> finding.severity() == severity)
                .map(PreflightFinding::text)
                .toList();
    }

    /** Fails each call. */
    private record Failing(RuntimeException failure) implements ServiceScaler {
        @Override
        public Optional<ServiceState> state(String service) {
            throw failure;
        }

        @Override
        public void scale(String service, int tasks) {
            throw failure;
        }

        @Override
        public void close() {
            throw failure;
        }
    }
}
