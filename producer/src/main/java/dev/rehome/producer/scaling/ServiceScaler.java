package dev.rehome.producer.scaling;

/** Sets the desired count of a service. */
public interface ServiceScaler extends AutoCloseable {
    /**
     * Sets a service's desired count to 0; repeatable. A service that is gone counts as scaled.
     *
     * @throws ScalingFailed when it could not be done; trying again later is right whatever the reason
     */
    void toZero(String service);

    @Override
    void close();
}
