package dev.rehome.emulation.chaos;

import dev.rehome.emulation.chaos.LiveJournal.Content;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The application that goes on while the migration runs: inserts, updates (also only in case or by a trailing space),
 * deletes and rolls back. It writes blindly, so that whatever overwrites it shows.
 */
final class LiveWriter implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;

    private final Connector connector;
    private final Consumer<SampleObject> upload;
    private final LiveJournal journal;
    private final RandomGenerator random;
    private final int objectSize;
    private final long seeded;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "live writer");
    private Connection connection;
    private volatile long last;
    private volatile Duration slowest = Duration.ZERO;
    private volatile Throwable death;

    /** {@code upload} puts an object into the legacy bucket and returns when it is there. */
    LiveWriter(
            Connector connector,
            Consumer<SampleObject> upload,
            LiveJournal journal,
            RandomGenerator random,
            int rows,
            int objectSize) {
        this.connector = connector;
        this.upload = upload;
        this.journal = journal;
        this.random = random;
        this.seeded = rows;
        this.last = rows;
        this.objectSize = objectSize;
    }

    void start() {
        thread.start();
    }

    /** The highest id in use. */
    long last() {
        return last;
    }

    /** The longest that one acknowledged write took. */
    Duration slowest() {
        return slowest;
    }

    /** What ended it before its time; empty when nothing did. */
    Optional<Throwable> death() {
        return Optional.ofNullable(death);
    }

    private void run() {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            death = failure;
        }
    }

    private void write() {
        switch (random.nextInt(6)) {
            case 0 -> insert();
            case 1 -> delete(any());
            case 2 -> change(any(), Content.of("document/written-" + random.nextInt(1_000_000)));
            default -> nudge(any());
        }
    }

    private long any() {
        return 1 + random.nextLong(seeded);
    }

    /** A new legacy row, its object first, as an application would. */
    private void insert() {
        long id = last + 1;
        SampleRow row = SampleRow.of(id);
        Optional<SampleObject> object = row.object(objectSize);
        object.ifPresent(upload);
        execute(
                id,
                Content.of(row.location()),
                Content.ABSENT,
                true,
                "INSERT INTO `user profile` (id, name, avatar_key) VALUES (?, ?, ?)",
                statement -> {
                    statement.setLong(1, id);
                    statement.setString(2, "user " + id);
                    statement.setString(3, row.location());
                });
        last = id;
    }

    /** A change that only a byte-exact comparison notices. */
    private void nudge(long id) {
        String location = SampleRow.of(id).location();
        if (location != null) {
            String other = random.nextBoolean() ? location.toUpperCase(Locale.ROOT) : location + " ";
            change(id, Content.of(other));
        }
    }

    private void change(long id, Content content) {
        execute(
                id,
                content,
                seededContent(id),
                mostly(),
                "UPDATE `user profile` SET avatar_key = ?, updated_at = '2020-01-01 00:00:00' WHERE id = ?",
                statement -> {
                    statement.setString(1, content.location());
                    statement.setLong(2, id);
                });
    }

    private void delete(long id) {
        execute(
                id,
                Content.ABSENT,
                seededContent(id),
                mostly(),
                "DELETE FROM `user profile` WHERE id = ?",
                statement -> statement.setLong(1, id));
    }

    /** Three in four commit, the others are rolled back. */
    private boolean mostly() {
        return random.nextInt(4) > 0;
    }

    /** Sets a statement's parameters. */
    @FunctionalInterface
    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private void execute(long id, Content content, Content before, boolean commit, String sql, Binding binding) {
        long start = System.nanoTime();
        boolean sent = false;
        try {
            if (connection == null) {
                connection = connector.connect();
                connection.setAutoCommit(false);
            }
            int changed;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                binding.to(statement);
                changed = statement.executeUpdate();
            }
            if (!commit) {
                connection.rollback();
                return;
            }
            sent = true;
            connection.commit();
            if (changed > 0) {
                journal.committed(id, content);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        } catch (SQLException lost) {
            if (sent) {
                for (Content earlier : journal.allowed(id, before)) {
                    journal.unknown(id, content, earlier);
                }
            }
            close(connection);
            connection = null;
        }
    }

    static Content seededContent(long id) {
        return Content.of(SampleRow.of(id).location());
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It is lost already: that is why it is closed.
                return;
            }
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        close(connection);
    }
}
