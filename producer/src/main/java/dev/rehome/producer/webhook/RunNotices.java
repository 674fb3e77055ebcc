package dev.rehome.producer.webhook;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.Hold;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events of a start of the producer to the webhook, if there is one. */
public final class RunNotices {
    private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private RunNotices() {}

    /**
     * Works on a run, and sends its start, its holds and its end.
     *
     * @param migration the migration's name
     * @param holds reads why an operator or a hard limit holds the run
     * @param run the work; returns the exit code
     * @return the exit code
     */
    public static int during(
            WebhookSettings settings, String migration, Supplier<Optional<Hold>> holds, IntSupplier run) {
        return settings.url()
                .map(url -> during(url, settings, migration, holds, run))
                .orElseGet(run::getAsInt);
    }

    /** A hold that ended the run, such as a hard limit, may be too young to have been seen. */
    private static void end(Loop watch, HoldNotices notices) {
        if (watch.close(LAST_LOOK)) {
            try {
                notices.run();
            } catch (Unavailable trouble) {
                LOG.warn("{}; a hold at the end isn't sent to the webhook", trouble.getMessage());
            }
        }
    }

    private static int during(
            URI url, WebhookSettings settings, String migration, Supplier<Optional<Hold>> holds, IntSupplier run) {
        try (Webhook webhook =
                new Webhook(url, settings.secret(), migration, InstantSource.system(), Webhook.Timing.USUAL)) {
            webhook.send("started", "the producer started");
            HoldNotices notices = new HoldNotices(holds, webhook::send);
            Loop watch = new Loop(
                    "hold-notices", notices, fatal -> LOG.error("Holds aren't sent to the webhook any more", fatal));
            int code = -1;
            try {
                watch.start();
                code = run.getAsInt();
                return code;
            } finally {
                end(watch, notices);
                webhook.send("ended", code < 0 ? "the producer failed" : "the producer ended with exit code " + code);
            }
        }
    }
}
