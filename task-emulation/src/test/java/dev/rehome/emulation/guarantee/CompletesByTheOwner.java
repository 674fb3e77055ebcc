package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import dev.rehome.emulation.verification.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I10: whoever completed a batch was its present owner and in its present epoch. Redis' own MONITOR is the journal: it
 * tells each call of a script and each command that the script then gives. What was before Redis was last struck down
 * isn't known, so it isn't judged.
 */
public final class CompletesByTheOwner implements Guarantee {
    private final Verdict seen = new Verdict();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Queue queue;
    private final String prefix;
    private final RedisMonitor monitor;
    private List<String> call = List.of();
    private volatile String heard = "";

    /** Begins to watch. */
    public CompletesByTheOwner(MigrationStage stage) {
        this.queue = stage.queue();
        this.prefix = queue.prefix();
        this.monitor = new RedisMonitor(stage.servers().redis().port(), this::forget, this::hear);
    }

    private void forget() {
        owners.clear();
        epochs.clear();
        call = List.of();
    }

    private void hear(boolean fromScript, List<String> command) {
        if (!fromScript) {
            call = command;
            if (command.get(0).equals("EXISTS")) {
                heard = command.get(1);
            }
        } else if (command.size() > 2 && command.get(1).startsWith(prefix)) {
            within(command, command.get(1).substring(prefix.length()));
        }
    }

    private void within(List<String> command, String key) {
        if (key.startsWith("batch:")) {
            String id = key.substring("batch:".length());
            switch (command.get(0)) {
                case "HSET" -> set(id, command);
                case "HINCRBY" -> {
                    if (command.get(2).equals("epoch")) {
                        epochs.computeIfPresent(id, (any, epoch) -> epoch + Long.parseLong(command.get(3)));
                    }
                }
                default -> {}
            }
        } else if (key.equals("copied") && command.get(0).equals("RPUSH")) {
            completed(command.get(2));
        }
    }

    private void set(String id, List<String> command) {
        for (int i = 2; i + 1 < command.size(); i += 2) {
            String value = command.get(i + 1);
            switch (command.get(i)) {
                case "owner" -> owners.put(id, value);
                case "epoch" -> epochs.put(id, Long.parseLong(value));
                case "state" -> {
                    if (value.equals("pending") || value.equals("dead")) {
                        owners.put(id, "nobody");
                    }
                }
                default -> {}
            }
        }
    }

    /** The last two arguments of the call are owner and epoch. */
    private void completed(String id) {
        String owner = call.get(call.size() - 2);
        String epoch = call.get(call.size() - 1);
        if (!owner.equals(owners.getOrDefault(id, owner))) {
            seen.breach("batch " + id + " was completed by " + owner + " and held by " + owners.get(id));
        }
        if (epochs.containsKey(id) && epochs.get(id) != Long.parseLong(epoch)) {
            seen.breach("batch " + id + " was completed in epoch " + epoch + ", the present one was " + epochs.get(id));
        }
    }

    @Override
    public void judge(Verdict verdict) {
        String marker = "marker-" + System.nanoTime();
        Patience.until("all is heard", () -> {
            queue.say(marker);
            return heard.equals(marker);
        });
        seen.breaches().forEach(verdict::breach);
    }

    @Override
    public void close() {
        monitor.close();
        queue.close();
    }
}
