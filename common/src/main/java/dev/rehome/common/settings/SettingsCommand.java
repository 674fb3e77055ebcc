package dev.rehome.common.settings;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains the settings of a program, which are environment variables. */
@Command(
        name = "settings",
        description = "Explains every setting, which is an environment variable, or those with WORD in their name.")
public final class SettingsCommand implements Callable<Integer> {
    private static final int PIPE_COLUMNS = 100;

    private final List<Setting<?>> all;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "WORD", description = "Only names that contain it, such as redis.")
    private String word = "";

    public SettingsCommand(List<Setting<?>> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public Integer call() {
        String wanted = word.toUpperCase(Locale.ROOT);
        List<Setting<?>> found =
                all.stream().filter(each -> each.name().contains(wanted)).toList();
        if (found.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("No setting has " + wanted + " in its name: expected a part of a name, such as REDIS.");
            return ExitCode.REFUSED;
        }
        int columns = Terminal.ofStandardOutput().map(Terminal::columns).orElse(PIPE_COLUMNS);
        PrintWriter out = spec.commandLine().getOut();
        SettingsHelp.of(found, columns).forEach(out::println);
        out.flush();
        return ExitCode.COMPLETE;
    }
}
