package dev.rehome.emulation.verification;

import java.util.ArrayList;
import java.util.List;

/** Collects facts and breaches; of the breaches it keeps the text of the first few. Safe for use by several threads. */
public final class Verdict {
    private static final int SHOWN = 10;

    private final List<String> breaches = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private long more;

    /** Adds something that doesn't hold. */
    public synchronized void breach(String text) {
        if (breaches.size() < SHOWN) {
            breaches.add(text);
        } else {
            more++;
        }
    }

    /** Adds something that was checked and holds. */
    public synchronized void fact(String text) {
        facts.add(text);
    }

    /** Whether everything holds. */
    public synchronized boolean holds() {
        return breaches.isEmpty();
    }

    /** The first few breaches. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** The facts and breaches as lines to print. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        facts.forEach(fact -> lines.add("  ok    " + fact));
        breaches.forEach(breach -> lines.add("  WRONG " + breach));
        if (more > 0) {
            lines.add("  WRONG … and " + more + " more");
        }
        return lines;
    }
}
