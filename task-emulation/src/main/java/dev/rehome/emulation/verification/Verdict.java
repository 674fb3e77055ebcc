package dev.rehome.emulation.verification;

import java.util.ArrayList;
import java.util.List;

/** What holds and what doesn't. Safe for use by several threads. */
public final class Verdict {
    private static final int SHOWN = 10;

    private final List<String> breaches = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private long more;

    /** Something doesn't hold. */
    public synchronized void breach(String text) {
        if (breaches.size() < SHOWN) {
            breaches.add(text);
        } else {
            more++;
        }
    }

    /** Something was looked at and found right. */
    public synchronized void fact(String text) {
        facts.add(text);
    }

    /** Whether everything holds. */
    public synchronized boolean holds() {
        return breaches.isEmpty();
    }

    /** What doesn't hold; the first few. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** The verdict as lines. */
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
