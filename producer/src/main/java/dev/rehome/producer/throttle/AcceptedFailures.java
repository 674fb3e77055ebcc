package dev.rehome.producer.throttle;

import dev.rehome.common.queue.ControlState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The failures of a run when it was stopped. Continuing the run accepts them: only later failures count towards a hard limit.
 * Kept with the operator's changes, under a name of its own.
 *
 * @param run the run's number
 * @param failures the failed ones of the finished records
 */
public record AcceptedFailures(int run, Share failures) {
    /** The name among the operator's changes. */
    public static final String NAME = "ACCEPTED_FAILURES";

    private static final Pattern TEXT = Pattern.compile("run (\\d{1,9}): (\\d{1,18}) of (\\d{1,18})");

    /** The accepted failures of a run; none when no limit has stopped it yet. */
    static Share of(int run, ControlState state) {
        return parse(state.settings().getOrDefault(NAME, ""))
                .filter(accepted -> accepted.run() == run)
                .map(AcceptedFailures::failures)
                .orElse(new Share(0, 0));
    }

    private static Optional<AcceptedFailures> parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches() || Long.parseLong(match.group(2)) > Long.parseLong(match.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new AcceptedFailures(
                Integer.parseInt(match.group(1)),
                new Share(Long.parseLong(match.group(2)), Long.parseLong(match.group(3)))));
    }

    /** The text that is kept. */
    @Override
    public String toString() {
        return "run " + run + ": " + failures.part() + " of " + failures.whole();
    }
}
