package dev.rehome.services.ecs;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.scaling.ServiceState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;

/** The services of one ECS cluster. {@code AWS_ENDPOINT_URL_ECS} sets another endpoint, as in every AWS SDK. */
public final class EcsServices implements ServiceScaler {
    private final EcsClient ecs;
    private final String cluster;

    public EcsServices(String cluster) {
        this(cluster, client(EcsClient.builder()));
    }

    EcsServices(String cluster, EcsClient ecs) {
        this.cluster = cluster;
        this.ecs = ecs;
    }

    static EcsClient client(EcsClientBuilder builder) {
        return builder.httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(20))
                        .maxConnections(4))
                .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(Duration.ofSeconds(20))
                        .apiCallTimeout(Duration.ofSeconds(60)))
                .build();
    }

    @Override
    public Optional<ServiceState> state(String service) {
        return call(
                "ecs:DescribeServices",
                service,
                () -> ecs.describeServices(request -> request.cluster(cluster).services(service)).services().stream()
                        // A deleted service is reported as INACTIVE for a while, one that is being deleted as DRAINING.
                        .filter(found -> "ACTIVE".equals(found.status()))
                        .findFirst()
                        .map(found -> new ServiceState(
                                found.desiredCount(),
                                found.runningCount(),
                                found.deployments().size())));
    }

    @Override
    public void scale(String service, int tasks) {
        call(
                "ecs:UpdateService",
                service,
                () -> ecs.updateService(
                        request -> request.cluster(cluster).service(service).desiredCount(tasks)));
    }

    private <T> T call(String right, String service, Supplier<T> call) {
        try {
            return call.get();
        } catch (ClusterNotFoundException missing) {
            throw new Rejected(
                    "The ECS cluster " + cluster + " doesn't exist: check CLUSTER_NAME and AWS_REGION", missing);
        } catch (ServiceNotFoundException | ServiceNotActiveException missing) {
            throw new Rejected("The ECS cluster " + cluster + " has no active service " + service, missing);
        } catch (EcsException failure) {
            boolean denied = failure.awsErrorDetails() != null
                    && String.valueOf(failure.awsErrorDetails().errorCode()).contains("AccessDenied");
            String advice = denied ? " Grant the task role " + right + " on this service." : "";
            throw new Unavailable(failure.getMessage() + advice, failure);
        } catch (SdkException failure) {
            throw new Unavailable("ECS didn't respond: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        ecs.close();
    }
}
