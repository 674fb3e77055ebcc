package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.verification.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Only the current owner of a batch, in the current epoch, ever completed it. The journal is the output of MONITOR: Redis
 * reports each call of a script, followed by the commands of that script. From those commands this class derives the owner
 * and the epoch of each batch, and compares them with the arguments of the call that completes it. It skips a batch whose
 * claim it has missed because Redis was down.
 */
public final class OnlyTheOwnerCompletes implements Guarantee {
    private static final String NOBODY = "nobody";

    /** The owner and the epoch of a batch; null until the monitor has seen them. */
    private record Lease(String owner, Long epoch) {}

    private final Verdict seen = new Verdict();
    private final Map<String, Lease> leases = new HashMap<>();
    private final QueueInspector queue;
    private final RedisCommandMonitor monitor;
    private List<String> scriptCall = List.of();
    private volatile String mark = "";

    /** Starts watching. */
    public OnlyTheOwnerCompletes(EmulatedMigration migration) {
        this.queue = migration.queue();
        this.monitor = new RedisCommandMonitor(migration.servers().redis().port(), this::forget, this::hear);
    }

    private void forget() {
        leases.clear();
        scriptCall = List.of();
    }

    private void hear(boolean fromScript, List<String> command) {
        String name = command.get(0);
        String key = command.size() > 1 ? command.get(1) : "";
        if (!fromScript) {
            scriptCall = command;
            mark = name.equals("EXISTS") ? key : mark;
        } else if (key.startsWith(queue.prefix() + "batch:")) {
            String id = key.substring((queue.prefix() + "batch:").length());
            if (name.equals("HSET")) {
                follow(id, command);
            } else if (name.equals("HINCRBY") && command.get(2).equals("epoch")) {
                Lease lease = lease(id);
                Long epoch = lease.epoch() == null ? null : lease.epoch() + Long.parseLong(command.get(3));
                leases.put(id, new Lease(lease.owner(), epoch));
            }
        } else if (key.equals(queue.prefix() + "copied") && name.equals("RPUSH")) {
            judgeCompletion(command.get(2));
        }
    }

    private Lease lease(String id) {
        return leases.getOrDefault(id, new Lease(null, null));
    }

    /** Follows the fields that an HSET writes: its arguments are the key, then names and values in turn. */
    private void follow(String id, List<String> command) {
        for (int i = 2; i + 1 < command.size(); i += 2) {
            String value = command.get(i + 1);
            Lease lease = lease(id);
            switch (command.get(i)) {
                case "owner" -> leases.put(id, new Lease(value, lease.epoch()));
                case "epoch" -> leases.put(id, new Lease(lease.owner(), Long.valueOf(value)));
                case "state" -> {
                    if (value.equals("pending") || value.equals("dead")) {
                        leases.put(id, new Lease(NOBODY, lease.epoch()));
                    }
                }
                default -> {}
            }
        }
    }

    /** The last two arguments of the call of {@code complete} are owner and epoch. */
    private void judgeCompletion(String id) {
        String owner = scriptCall.get(scriptCall.size() - 2);
        String epoch = scriptCall.get(scriptCall.size() - 1);
        Lease lease = lease(id);
        if (lease.owner() != null && !lease.owner().equals(owner)) {
            seen.breach("batch " + id + " was completed by " + owner + ", but leased by " + lease.owner());
        }
        if (lease.epoch() != null && !lease.epoch().toString().equals(epoch)) {
            seen.breach("batch " + id + " was completed in epoch " + epoch + ", but leased in epoch " + lease.epoch());
        }
    }

    @Override
    public String property() {
        return "only the owner of a batch completed it";
    }

    @Override
    public void judge(Verdict verdict) {
        String last = "mark-" + System.nanoTime();
        Await.until("every command is reported", () -> {
            queue.mark(last);
            return mark.equals(last);
        });
        seen.breaches().forEach(verdict::breach);
    }

    @Override
    public void close() {
        monitor.close();
        queue.close();
    }
}
