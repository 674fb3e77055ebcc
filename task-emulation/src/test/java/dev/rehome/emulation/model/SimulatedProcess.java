package dev.rehome.emulation.model;

import dev.rehome.common.Unavailable;

/** A process that dies at a simulated crash and is started again. While it is paused in a step, it begins no other. */
abstract class SimulatedProcess {
    private boolean inStep;

    /** Makes one step; starts the process first if it isn't running. */
    abstract void run();

    /** Kills the process: its connections are closed, and what it knew is lost. */
    abstract void kill();

    /** The work of other threads of the process while a step is paused. */
    void runBackground() {}

    final void step() {
        if (inStep) {
            runBackground();
            return;
        }
        inStep = true;
        try {
            run();
        } catch (SimulatedCrash crash) {
            kill();
        } catch (Unavailable trouble) {
            // In production the loop repeats the step after a pause; here a later step is the repetition.
            return;
        } finally {
            inStep = false;
        }
    }
}
