package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandLineUsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "program", version = "program 1.2", exitCodeList = "0:done")
    static final class Program implements Callable<Integer> {
        @Option(names = "--rows", description = "Rows.")
        private int rows;

        @Option(names = "--seed", description = "Seed.")
        private Long seed;

        @Override
        public Integer call() {
            return seed == null || seed > rows ? ExitCode.COMPLETE : ExitCode.FAILED;
        }
    }

    private int execute(String... arguments) {
        Setting<String> name = Setting.text("NAME", "The name at http://127.0.0.1:8080 of the thing.")
                .required();
        Setting<Integer> port = Setting.integer("PORT", "Its port.", 1, 9).or(3);
        CommandLine program = new CommandLine(new Program())
                .addSubcommand(new SettingsCommand(List.of(name, port)))
                .addSubcommand(new CommandLine.HelpCommand());
        program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return CommandLineUsage.applyTo(program, Map.of()).execute(arguments);
    }

    @Test
    void usageErrorIsNotBuriedUnderTheHelp() {
        assertThat(execute("settings", "--sample", "1")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("--sample"))
                .endsWith("See 'program settings --help'.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wordInPlaceOfANumberIsExplainedInPlainWords() {
        assertThat(execute("--rows", "many")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).startsWith("Invalid value for option '--rows': expected a whole number, got 'many'");
        assertThat(execute("--rows", "5", "--seed", "12345678901234")).isZero();
    }

    @Test
    void settingsAreExplainedOnDemandWithWholeAddresses() {
        assertThat(execute("settings")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "  NAME (required)",
                        "      The name at http://127.0.0.1:8080 of the thing.",
                        "  PORT (3)",
                        "      Its port. Expected: a whole number from 1 to 9.");
    }

    @Test
    void settingsAreSelectedByAWord() {
        assertThat(execute("settings", "port")).isZero();
        assertThat(out.toString()).startsWith("  PORT (3)\n").doesNotContain("NAME");
        assertThat(execute("settings", "nothing")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("No setting has NOTHING in its name");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(execute("help", "settings")).isZero();
        assertThat(out.toString()).startsWith("Usage: program settings");
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(execute("settings", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: program settings [-hV]").doesNotContain("Exit codes");
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains(String.format("%nExit codes:%n"), "0   done");
    }
}
