package dev.rehome.common.process;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Whether a program's help fits a screen. */
public final class HelpScreens {
    private static final int COLUMNS = 80;
    private static final int LINES = 30;

    private HelpScreens() {}

    /** The commands of a program, and of its commands, whose help has more than thirty lines of eighty columns. */
    public static List<String> tooLong(CommandLine program) {
        List<String> found = new ArrayList<>();
        look(program, found);
        return found;
    }

    private static void look(CommandLine command, List<String> found) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(COLUMNS);
        long lines = command.getUsageMessage().lines().count();
        if (lines > LINES) {
            found.add(command.getCommandSpec().qualifiedName() + ": " + lines + " lines");
        }
        command.getSubcommands().values().forEach(each -> look(each, found));
    }
}
