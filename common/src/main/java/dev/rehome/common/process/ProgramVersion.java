package dev.rehome.common.process;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/**
 * The version of a program, from the manifest of its jar.
 *
 * @param program its name
 * @param main a class of its jar
 */
public record ProgramVersion(String program, Class<?> main) implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"rehome " + program + " " + number()};
    }

    /** The number alone. */
    public String number() {
        return Objects.requireNonNullElse(main.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
