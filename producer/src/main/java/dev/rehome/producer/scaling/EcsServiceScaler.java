package dev.rehome.producer.scaling;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;

/** Services of ECS. {@code AWS_ENDPOINT_URL_ECS} points it elsewhere, as the SDK does everywhere. */
public final class EcsServiceScaler implements ServiceScaler {
    private final EcsClient ecs;
    private final String cluster;

    public EcsServiceScaler(ScalingSettings settings) {
        this.cluster = settings.cluster();
        EcsClientBuilder builder = EcsClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(20))
                        .maxConnections(4))
                .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(Duration.ofSeconds(20))
                        .apiCallTimeout(Duration.ofSeconds(60)));
        settings.region().map(Region::of).ifPresent(builder::region);
        this.ecs = builder.build();
    }

    @Override
    public void toZero(String service) {
        try {
            ecs.updateService(
                    request -> request.cluster(cluster).service(service).desiredCount(0));
        } catch (ServiceNotFoundException | ServiceNotActiveException gone) {
            // Deleted meanwhile: there is nothing left to scale.
            return;
        } catch (EcsException refused) {
            String code = refused.awsErrorDetails() == null
                    ? ""
                    : refused.awsErrorDetails().errorCode();
            String advice =
                    code.contains("AccessDenied") ? " The task role needs ecs:UpdateService on this service." : "";
            throw new ScalingFailed(refused.getMessage() + advice, refused);
        } catch (SdkException trouble) {
            throw new ScalingFailed(trouble.getMessage(), trouble);
        }
    }

    @Override
    public void close() {
        ecs.close();
    }
}
