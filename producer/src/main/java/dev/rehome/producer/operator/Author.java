package dev.rehome.producer.operator;

import picocli.CommandLine.Option;

/** The option of every command that changes something: who makes the change. */
final class Author {
    @Option(
            names = "--author",
            converter = LineOfText.class,
            description = "Who makes the change, for the record; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:user.name}@${env:HOSTNAME:-localhost}")
    private String name;

    /** The name that is recorded with the change. */
    String name() {
        return name;
    }
}
