package dev.rehome.consumer.verification;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies that every migrated row still refers to the object that was copied for it. */
@Command(
        name = "verify",
        description = {
            "Verifies that every migrated row still refers to the object that was copied for it. Changes nothing.",
            "",
            "Reads the mapping table. For each row that still holds its new key, asks the store for the target (does it"
                    + " exist, with the recorded ETag?) and the source (was it written after the copy?). For a row that"
                    + " holds neither its old nor its new key, asks whether its value is the key of an object: if so, the"
                    + " application has changed it. May run during a migration and beside the application; costs two"
                    + " HEAD requests per object.",
            "",
            "With --repair, copies missing objects from the source again. Existing objects are never overwritten; the"
                    + " report has ETags and dates of both, so that an operator can decide.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all verified references hold, or have been repaired",
            "1:failed; the message says why",
            "2:settings or options are invalid, or there is no mapping table of this migration",
            "3:there are findings; the report lists them",
            "4:nothing was verified: no row holds its new key"
        },
        footerHeading = "%nSettings (environment variables):%n")
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--repair", description = "Copy missing objects again.")
    private boolean repair;

    @Option(
            names = "--targets-only",
            description = "Don't inspect sources: half the requests, and necessary once they are deleted.")
    private boolean targetsOnly;

    @Option(
            names = "--sample",
            paramLabel = "PERCENTAGE",
            converter = SampleRateConverter.class,
            description = "Verify a random part, such as 1%%.")
    private SampleRate sampleRate = SampleRate.ALL;

    @Option(names = "--seed", paramLabel = "N", description = "Select the same part as the run that printed this seed.")
    private Long seed;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write all findings to this new file too, as JSON, one per line.")
    private Path output;

    /** The settings, for help. */
    public static List<Setting<?>> settings() {
        return VerifySettings.ALL;
    }

    @Override
    public Integer call() throws IOException {
        VerifySettings settings = VerifySettings.from(new Environment(System.getenv()));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000) : seed;
        try (FindingFile file = output == null ? FindingFile.none() : FindingFile.at(output)) {
            VerifyRun run = new VerifyRun(settings, new VerifyRun.Scope(targetsOnly, sampleRate, chosen), repair);
            return run.call(file, out);
        } catch (FileAlreadyExistsException exists) {
            System.err.println(output + " already exists: name a new file with --output");
            return ExitCode.REFUSED;
        } catch (Rejected rejected) {
            System.err.println(rejected.getMessage());
            return ExitCode.REFUSED;
        } catch (Unavailable | BucketInspector.Failed failure) {
            System.err.println(failure.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Parses a percentage and passes its error message to the user. */
    static final class SampleRateConverter implements CommandLine.ITypeConverter<SampleRate> {
        @Override
        public SampleRate convert(String text) {
            try {
                return SampleRate.parse(text);
            } catch (IllegalArgumentException invalid) {
                throw new CommandLine.TypeConversionException("'" + text + "': " + invalid.getMessage());
            }
        }
    }
}
