package dev.rehome.emulation.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The resources that a process has used, read from {@code /proc}.
 *
 * @param cpu processor time of all its threads
 * @param peakMemory the most resident memory it ever had, in bytes
 */
public record ResourceUse(Duration cpu, long peakMemory) {
    /** No use at all. */
    public static final ResourceUse NONE = new ResourceUse(Duration.ZERO, 0);

    /** Clock ticks per second, the unit in which Linux reports processor time on every platform that we run on. */
    private static final long TICKS = 100;

    /** The use of two processes together: the sum of the times, the higher of the peaks. */
    public ResourceUse plus(ResourceUse other) {
        return new ResourceUse(cpu.plus(other.cpu), Math.max(peakMemory, other.peakMemory));
    }

    /** The higher of two readings of one process, because a process that is about to end reports less than before. */
    ResourceUse atLeast(ResourceUse later) {
        return new ResourceUse(cpu.compareTo(later.cpu) > 0 ? cpu : later.cpu, Math.max(peakMemory, later.peakMemory));
    }

    /** The use of a process so far; {@link #NONE} when it is gone. */
    public static ResourceUse of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name in parentheses may hold anything; after it come numbers, from field 3 on.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            long peak = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
            return new ResourceUse(Duration.ofMillis(ticks * 1_000 / TICKS), peak * 1_024);
        } catch (IOException gone) {
            return NONE;
        }
    }
}
