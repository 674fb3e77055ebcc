package dev.rehome.emulation;

import dev.rehome.common.process.ProgressLine;
import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.migration.EmulatedMigration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Starts the servers of a kept rehearsal for inspection. */
@Command(
        name = "open",
        description = "Starts MariaDB and Redis with the data of a kept rehearsal, and prints how to connect.")
final class OpenCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder that `./rehearse --keep` printed.")
    private Path directory;

    @Override
    public Integer call() throws InterruptedException {
        Path folder = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("mariadb")) || !Files.isDirectory(folder.resolve("redis"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    folder
                            + " is not a kept rehearsal: expected the folder that `./rehearse --keep` printed, with mariadb"
                            + " and redis in it");
        }
        ProgressLine screen = ProgressLine.onStandardOutput();
        screen.begin("Starting MariaDB");
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(MariaDbSettings.in(folder.resolve("mariadb")))) {
            screen.begin("Starting Redis");
            try (EmbeddedRedis redis = EmbeddedRedis.start(RedisSettings.in(folder.resolve("redis")))) {
                screen.line("MariaDB:  mysql -h 127.0.0.1 -P " + database.port() + " -u " + EmulatedMigration.USER
                        + " -p'" + EmulatedMigration.PASSWORD + "' " + Rehearsal.NAME);
                screen.line("Redis:    redis-cli -p " + redis.port());
                screen.line("Logs:     " + folder + "/*.log");
                screen.line("The objects weren't kept: the object store had them in memory.");
                screen.line("Ctrl-C stops both servers and keeps the folder.");
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }
}
