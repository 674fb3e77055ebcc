package dev.rehome.common.scaling;

/**
 * A service as its orchestrator reports it at one moment.
 *
 * @param desired tasks that it should run
 * @param running tasks that it runs
 * @param deployments deployments in progress and complete; more than one while a revision is being replaced
 */
public record ServiceState(int desired, int running, int deployments) {
    public ServiceState {
        if (desired < 0 || running < 0 || deployments < 0) {
            throw new IllegalArgumentException("Expected counts of 0 or more, got " + desired + " desired, " + running
                    + " running, " + deployments + " deployments");
        }
    }

    /** Whether it runs exactly the tasks that it should, of one revision. */
    public boolean isSteady() {
        return running == desired && deployments <= 1;
    }
}
