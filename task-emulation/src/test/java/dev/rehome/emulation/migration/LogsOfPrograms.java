package dev.rehome.emulation.migration;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Lets the migrator's code log only on the threads of an {@link EmbeddedProgram}. The model lets thousands of worlds
 * crash in the same JVM, and what its processes log is of no interest.
 */
public final class LogsOfPrograms extends TurboFilter {
    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        boolean ofProgram = logger.getName().startsWith("dev.rehome.producer.")
                || logger.getName().startsWith("dev.rehome.consumer.");
        boolean enough = level.isGreaterOrEqual(Level.WARN) && !ofProgram;
        return enough || OutputByProgram.isOfProgram() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
