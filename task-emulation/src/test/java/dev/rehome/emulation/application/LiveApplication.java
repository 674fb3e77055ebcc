package dev.rehome.emulation.application;

import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * Writes to the table as an application would, on a thread of its own: inserts, updates (some in case, accent or
 * trailing space only), deletions, and transactions that it rolls back. A write whose commit went unanswered is looked
 * up before the next one.
 */
public final class LiveApplication implements AutoCloseable {
    private final MigrationStage stage;
    private final ApplicationJournal journal;
    private final SplittableRandom random;
    private final Duration pause;
    private final Thread thread = new Thread(this::work, "application");
    private volatile boolean stopped;
    private volatile Throwable failure;
    private volatile Duration longest = Duration.ZERO;
    private Connection connection;
    private int written;

    /** Starts writing, with a pause between two writes. */
    public LiveApplication(MigrationStage stage, long seed, Duration pause) {
        System.out.println("application's seed: " + seed);
        this.stage = stage;
        this.journal = stage.journal();
        this.random = new SplittableRandom(seed);
        this.pause = pause;
        thread.setDaemon(true);
        thread.start();
    }

    /** The longest that a statement or a commit of the application took. */
    public Duration longest() {
        return longest;
    }

    /** Waits until one more write is committed. */
    public void awaitWrite() {
        int writes = journal.writes();
        Patience.until("the application writes", () -> journal.writes() > writes);
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
            // Told by close, whatever it is: a test whose application is dead proves nothing.
            failure = unexpected;
        }
    }

    private void write() {
        List<Long> ids = new ArrayList<>(journal.rows().keySet());
        long id = ids.get(random.nextInt(ids.size()));
        WrittenRow row = journal.rows().get(id);
        written++;
        switch (random.nextInt(8)) {
            case 0 -> insert(ids.get(ids.size() - 1) + 1);
            case 1 ->
                commit(id, Optional.empty(), "DELETE FROM `user profile` WHERE id = ?", statement -> {
                    statement.setLong(1, id);
                });
            case 2 -> update(id, SampleRow.TARGET_PREFIX + "earlier/app-" + written, true);
            case 3 -> update(id, uploaded(id, SampleRow.LEGACY_PREFIX + "/app/" + written + ".jpg"), false);
            default -> update(id, variant(id, row.location()), true);
        }
    }

    /** The same location but for what a careless comparison overlooks. */
    private String variant(long id, String location) {
        String present = location == null ? SampleRow.LEGACY_PREFIX + "/app/null-" + written : location;
        return switch (random.nextInt(4)) {
            case 0 -> present.replaceFirst("^user", "User");
            case 1 -> uploaded(id, present.endsWith(" ") ? present + "x" : present + " ");
            case 2 -> uploaded(id, present.replaceFirst("([^/]*)$", "É$1"));
            default -> uploaded(id, present.replaceFirst("\\.jpg", ".JPG"));
        };
    }

    private void insert(long id) {
        String location = uploaded(id, SampleRow.LEGACY_PREFIX + "/app/insert-" + id + ".jpg");
        WrittenRow row = new WrittenRow("app " + written, location, stamp());
        String sql = "INSERT INTO `user profile` (name, avatar_key, updated_at, id) VALUES (?, ?, ?, ?)";
        commit(id, Optional.of(row), sql, statement -> bind(statement, row, id));
    }

    private void update(long id, String location, boolean commits) {
        WrittenRow row = new WrittenRow("app " + written, location, stamp());
        String sql = "UPDATE `user profile` SET name = ?, avatar_key = ?, updated_at = ? WHERE id = ?";
        if (commits) {
            commit(id, Optional.of(row), sql, statement -> bind(statement, row, id));
        } else {
            rollBack(sql, statement -> bind(statement, row, id));
        }
    }

    private String stamp() {
        return "2021-01-01 %02d:%02d:%02d".formatted(written / 3600 % 24, written / 60 % 60, written % 60);
    }

    private static void bind(PreparedStatement statement, WrittenRow row, long id) throws SQLException {
        statement.setString(1, row.name());
        statement.setString(2, row.location());
        statement.setString(3, row.stamp());
        statement.setLong(4, id);
    }

    /** Puts the object before the row names it, as applications do; a location outside the legacy folder has none. */
    private String uploaded(long id, String location) {
        if (location.startsWith(SampleRow.LEGACY_PREFIX + "/")
                && !journal.objects().containsKey(location)) {
            byte[] bytes = new SampleObject(id, location, MigrationStage.OBJECT_SIZE).bytes();
            stage.s3()
                    .putObject(
                            request -> request.bucket(stage.source()).key(location), AsyncRequestBody.fromBytes(bytes))
                    .join();
            journal.uploaded(location, id);
        }
        return location;
    }

    private void commit(long id, Optional<WrittenRow> row, String sql, Binding binding) {
        journal.tries(id, row.map(WrittenRow::location).orElse(null));
        try {
            timed(() -> execute(sql, binding));
            timed(() -> open().commit());
            journal.committed(id, row);
        } catch (SQLException unanswered) {
            drop();
            Patience.until("the database answers the application", () -> settle(id, row));
        }
    }

    private boolean settle(long id, Optional<WrittenRow> row) throws SQLException {
        if (stopped && Thread.currentThread().isInterrupted()) {
            return true;
        }
        WrittenRow found = CatalogRows.of(stage).get(id);
        // The migrator changes no name: it tells whether our write is there.
        boolean committed = row.map(tried -> found != null && found.name().equals(tried.name()))
                .orElse(found == null);
        if (committed) {
            journal.committed(id, row);
        }
        return true;
    }

    private void rollBack(String sql, Binding binding) {
        try {
            timed(() -> execute(sql, binding));
            timed(() -> open().rollback());
        } catch (SQLException undoneAnyway) {
            drop();
        }
    }

    private int execute(String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = open().prepareStatement(sql)) {
            binding.to(statement);
            return statement.executeUpdate();
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = stage.connect();
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private void drop() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            // It was of no use any more.
        }
        connection = null;
    }

    private void timed(Call call) throws SQLException {
        long start = System.nanoTime();
        call.run();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    /** Stops writing; fails if the application failed, or doesn't end. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Patience.STEP.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the application still writes after " + Patience.STEP);
        }
        drop();
        if (failure != null) {
            throw new AssertionError("the application failed", failure);
        }
    }

    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private interface Call {
        void run() throws SQLException;
    }
}
