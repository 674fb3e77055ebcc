package dev.rehome.emulation.application;

import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Writes to the table as an application would, on a thread of its own: inserts, updates (some in case, accent or
 * trailing space only), deletions, and transactions that it rolls back. It writes without reading first, so that a lost
 * write shows. When the reply to a commit is lost, it reads the row before its next write.
 */
public final class LiveApplication implements AutoCloseable {
    private final ApplicationServers servers;
    private final ApplicationJournal journal;
    private final SingleWrites writes;
    private final SplittableRandom random;
    private final Duration pause;
    private final Thread thread = new Thread(this::work, "application");
    private volatile boolean stopped;
    private volatile Throwable failure;
    private volatile Duration longest = Duration.ZERO;
    private Connection connection;
    private int written;

    /** Starts writing, with a pause after each write; the seed repeats the choices, though not the timing. */
    public LiveApplication(ApplicationServers servers, long seed, Duration pause) {
        this.servers = servers;
        this.journal = servers.journal();
        this.writes = new SingleWrites(servers);
        this.random = new SplittableRandom(seed);
        this.pause = pause;
        thread.setDaemon(true);
        thread.start();
    }

    /** The longest time that a statement or a commit of the application took. */
    public Duration longest() {
        return longest;
    }

    /** Waits until one more write is committed. */
    public void awaitWrite() {
        int before = journal.writes();
        Await.until("the application writes", () -> journal.writes() > before);
    }

    private void work() {
        try {
            while (!stopped) {
                write();
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (Throwable unexpected) {
            // close() throws it: after the application has died, a test proves nothing.
            failure = unexpected;
        }
    }

    private void write() {
        Map.Entry<Long, WrittenRow> drawn = journal.anyRow(random);
        long id = drawn.getKey();
        written++;
        switch (random.nextInt(8)) {
            case 0 -> insert(journal.nextId());
            case 1 -> commit(id, Optional.empty(), () -> writes.delete(open(), id));
            case 2 -> update(id, SampleRow.EARLIER_PREFIX + "app-" + written);
            case 3 -> rollBack(id, SampleRow.LEGACY_PREFIX + "/app/" + written + ".jpg");
            default -> update(id, variant(drawn.getValue().location()));
        }
    }

    /** The location with a change that only a comparison of bytes notices. */
    private String variant(String location) {
        String changed = location == null ? SampleRow.LEGACY_PREFIX + "/app/null-" + written : location;
        return switch (random.nextInt(4)) {
            case 0 -> changed.replaceFirst("^user", "User");
            case 1 -> changed.endsWith(" ") ? changed + "x" : changed + " ";
            case 2 -> changed.replaceFirst("([^/]*)$", "É$1");
            default -> changed.replaceFirst("\\.jpg", ".JPG");
        };
    }

    private void insert(long id) {
        WrittenRow row = row("app " + written, id, SampleRow.LEGACY_PREFIX + "/app/insert-" + id + ".jpg");
        commit(id, Optional.of(row), () -> writes.insert(open(), id, row));
    }

    private void update(long id, String location) {
        WrittenRow row = row("app " + written, id, location);
        commit(id, Optional.of(row), () -> writes.update(open(), id, row));
    }

    /** The row, with its object uploaded. The time of day numbers the write. */
    private WrittenRow row(String name, long id, String location) {
        writes.upload(id, location);
        String stamp = "2021-01-01 %02d:%02d:%02d".formatted(written / 3600 % 24, written / 60 % 60, written % 60);
        return new WrittenRow(name, location, stamp);
    }

    private void commit(long id, Optional<WrittenRow> row, Call call) {
        row.ifPresent(tried -> journal.tries(id, tried.location()));
        try {
            timed(call);
            timed(() -> open().commit());
            journal.committed(id, row);
        } catch (SQLException unanswered) {
            drop();
            Await.until("the database replies to the application", () -> settle(id, row));
        }
    }

    /** Finds out whether the write was committed. The migrator changes no name, so the name identifies the write. */
    private boolean settle(long id, Optional<WrittenRow> row) throws SQLException {
        Optional<String> found = CatalogRows.find(servers, id).map(WrittenRow::name);
        if (found.equals(row.map(WrittenRow::name))) {
            journal.committed(id, row);
        }
        return true;
    }

    private void rollBack(long id, String location) {
        try {
            WrittenRow row = row("rolled back " + written, id, location);
            timed(() -> writes.update(open(), id, row));
            timed(() -> open().rollback());
        } catch (SQLException undoneAnyway) {
            drop();
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = servers.connect();
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private void drop() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyLost) {
            // The connection has failed already, so an error while closing it has no consequence.
        }
        connection = null;
    }

    private void timed(Call call) throws SQLException {
        long start = System.nanoTime();
        call.run();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    /** Stops writing; throws if the application failed or doesn't stop. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Await.STEP.toMillis() + 1_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the application is still writing after " + Await.STEP);
        }
        drop();
        if (failure != null) {
            throw new AssertionError("the application failed", failure);
        }
    }

    private interface Call {
        void run() throws SQLException;
    }
}
