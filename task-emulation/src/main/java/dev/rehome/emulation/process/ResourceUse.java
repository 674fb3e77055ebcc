package dev.rehome.emulation.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used, from {@code /proc}.
 *
 * @param cpu processor time of all its threads
 * @param peakMemory the most resident memory it ever had, in bytes
 */
public record ResourceUse(Duration cpu, long peakMemory) {
    /** Nothing. */
    public static final ResourceUse NONE = new ResourceUse(Duration.ZERO, 0);

    /** Clock ticks a second, in which Linux tells processor time on every platform that we run on. */
    private static final long TICKS = 100;

    /** Both of two processes: times add up, of the peaks the higher counts. */
    public ResourceUse plus(ResourceUse other) {
        return new ResourceUse(cpu.plus(other.cpu), Math.max(peakMemory, other.peakMemory));
    }

    /** The later of two looks at one process; one that is about to end tells less than it did before. */
    ResourceUse atLeast(ResourceUse later) {
        return new ResourceUse(cpu.compareTo(later.cpu) > 0 ? cpu : later.cpu, Math.max(peakMemory, later.peakMemory));
    }

    /** What a process has used so far; {@link #NONE} when it is gone. */
    public static ResourceUse of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name in parentheses may hold anything; what follows is numbers, from field 3 on.
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
