package dev.rehome.common.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.util.Optional;

/** Reads and sets the desired count of services. Every call may be repeated. Safe for use by several threads. */
public interface ServiceScaler extends AutoCloseable {
    /**
     * The state of a service; empty when no active service has this name.
     *
     * @throws Unavailable when it can't be read now, which includes a missing right
     * @throws Rejected when the cluster doesn't exist
     */
    Optional<ServiceState> state(String service);

    /**
     * Sets the desired count of a service. The service starts or stops tasks afterwards, by itself.
     *
     * @throws Unavailable when it may not have been set, which includes a missing right
     * @throws Rejected when the cluster or the service doesn't exist
     */
    void scale(String service, int tasks);

    @Override
    void close();
}
