package dev.rehome.producer;

import dev.rehome.common.settings.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the migration. */
@Command(
        name = "run",
        description = "Runs the migration, or goes on with it; safe to be killed and repeated at any time.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:complete",
            "1:failed; the log says why",
            "2:refused, or settings are wrong; nothing was changed",
            "3:complete, with records that failed: they are in the report and in the mapping table",
            "130 or 143:stopped by Ctrl-C or SIGTERM; start it again to go on"
        },
        footerHeading = "%nSettings (environment variables):%n")
final class RunCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return new ProducerRun(ProducerSettings.from(new Environment(System.getenv()))).call();
    }
}
