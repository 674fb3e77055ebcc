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

/** Looks whether every row that was migrated still points at the object that was copied for it. */
@Command(
        name = "verify",
        description = {
            "Looks whether every migrated row still points at the object that was copied for it; changes nothing.",
            "",
            "Walks over the mapping table, and for each row that still holds its new key asks the store for the target"
                    + " (is it there, with the ETag that was recorded?) and the source (was it written after the copy?)."
                    + " Rows that the application changed or deleted since are counted and left alone. It may run"
                    + " beside a migration and beside the application; it costs two HEAD requests a row.",
            "",
            "With --repair, objects that are missing are copied again from the source. Nothing is ever overwritten:"
                    + " other findings are reported with both ETags and dates, for people to decide.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything holds, or was repaired",
            "1:failed; the message says why",
            "2:settings or options are wrong, or there is no mapping table of this migration",
            "3:there are findings; they are in the report"
        },
        footerHeading = "%nSettings (environment variables):%n")
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--repair", description = "Copy missing objects again.")
    private boolean repair;

    @Option(
            names = "--targets-only",
            description = "Don't look at sources: half the requests, and right when they are gone by now.")
    private boolean targetsOnly;

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            converter = ShareOption.class,
            description = "Look at a part chosen at random, such as 1%%.")
    private Share share = Share.ALL;

    @Option(names = "--seed", paramLabel = "N", description = "Choose the same part as the run that told this seed.")
    private Long seed;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write every finding to this new file too, as JSON, one a line.")
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
            VerificationReport report = new VerifyRun(settings, repair, targetsOnly, share, chosen).call(file);
            out.println(report.text());
            return report.tally().left() == 0 ? ExitCode.COMPLETE : ExitCode.COMPLETE_WITH_FAILURES;
        } catch (FileAlreadyExistsException there) {
            System.err.println(output + " exists: name a new file with --output");
            return ExitCode.REFUSED;
        } catch (Rejected refused) {
            System.err.println(refused.getMessage());
            return ExitCode.REFUSED;
        } catch (Unavailable | VerificationFailed away) {
            System.err.println(away.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Reads a share, with a message of ours. */
    static final class ShareOption implements CommandLine.ITypeConverter<Share> {
        @Override
        public Share convert(String text) {
            try {
                return Share.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new CommandLine.TypeConversionException("'" + text + "': " + wrong.getMessage());
            }
        }
    }
}
