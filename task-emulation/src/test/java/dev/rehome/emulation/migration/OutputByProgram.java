package dev.rehome.emulation.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and standard error of a JVM that runs several programs: what a program's threads write goes to the
 * program's file, and all else where it went before. A program's threads are those of its thread group, which a thread
 * inherits from the one that creates it.
 */
final class OutputByProgram extends OutputStream {
    private final OutputStream others;

    private OutputByProgram(OutputStream others) {
        this.others = others;
    }

    /** Starts a task in a thread group of its own whose output goes to {@code output}. */
    static void start(String name, OutputStream output, Runnable task) {
        install();
        new Thread(new Program(name, output), task, "main").start();
    }

    /** Whether the current thread is a program's. */
    static boolean isOfProgram() {
        return program() != null;
    }

    private static synchronized void install() {
        // Surefire replaces the streams when it starts, and a test may too: the outermost stream has to be this one.
        System.setOut(routed(System.out));
        System.setErr(routed(System.err));
    }

    private static PrintStream routed(PrintStream present) {
        return present instanceof Routed ? present : new Routed(new OutputByProgram(present));
    }

    private static Program program() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && !(group instanceof Program)) {
            group = group.getParent();
        }
        return (Program) group;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Program program = program();
        OutputStream stream = program == null ? others : program.output;
        synchronized (stream) {
            stream.write(bytes, offset, length);
            stream.flush();
        }
    }

    /** A stream that is routed already. */
    private static final class Routed extends PrintStream {
        Routed(OutputByProgram router) {
            super(router, true, StandardCharsets.UTF_8);
        }
    }

    /** The threads of a program. */
    private static final class Program extends ThreadGroup {
        private final OutputStream output;

        Program(String name, OutputStream output) {
            super(name);
            this.output = output;
        }
    }
}
