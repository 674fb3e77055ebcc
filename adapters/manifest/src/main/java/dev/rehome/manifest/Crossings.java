package dev.rehome.manifest;

import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.manifest.Problems.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What lines must not say together. Hashes name the few lines in question; those are then read once more, as texts, so
 * that no line is refused for a hash that it shares by chance.
 */
final class Crossings {
    /** Of each kind so many are looked at as texts; a manifest with more is wrong from the ground up. */
    private static final int LOOKED_AT = 10_000;

    private record Seen(long line, String other) {}

    private final TargetKeyRule keys;
    private final Set<Long> twoTargets;
    private final Set<Long> twoKeys;
    private final Set<Long> chained;
    private final Map<String, Seen> targetsOfKeys = new HashMap<>();
    private final Map<String, Seen> keysOfTargets = new HashMap<>();
    private final Map<String, Long> keysInChains = new HashMap<>();
    private final KeyHashes hashes = new KeyHashes(0);

    Crossings(TargetKeyRule keys, KeyHashes sources, KeyHashes targets, KeyHashes known) {
        this.keys = keys;
        this.twoTargets = some(Ambiguities.of(sources, targets));
        this.twoKeys = some(Ambiguities.of(targets, sources));
        Set<Long> links = new HashSet<>();
        for (int i = 0; i < targets.size() && links.size() < LOOKED_AT; i++) {
            if (known.has(targets.at(i))) {
                links.add(targets.at(i));
            }
        }
        this.chained = links;
    }

    private static Set<Long> some(Set<Long> all) {
        Set<Long> some = new HashSet<>();
        all.stream().limit(LOOKED_AT).forEach(some::add);
        return some;
    }

    /** Adds what they say to the problems. */
    void find(Entries.Source source, Problems problems) throws IOException {
        if (twoTargets.isEmpty() && twoKeys.isEmpty() && chained.isEmpty()) {
            return;
        }
        try (Entries entries = source.open(new Problems())) {
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                if (chained.contains(hashes.hash(entry.objectKey()))) {
                    keysInChains.putIfAbsent(entry.objectKey(), entries.line());
                }
            }
        }
        try (Entries entries = source.open(new Problems())) {
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                judge(
                        entries.line(),
                        entry.objectKey(),
                        entry.targetKey().orElseGet(() -> keys.targetOf(entry.objectKey())),
                        problems);
            }
        }
    }

    private void judge(long line, String key, String target, Problems problems) {
        long keyHash = hashes.hash(key);
        long targetHash = hashes.hash(target);
        if (twoTargets.contains(keyHash)) {
            Seen seen = targetsOfKeys.putIfAbsent(key, new Seen(line, target));
            if (seen != null && !seen.other().equals(target)) {
                problems.add(
                        Kind.TWO_TARGETS,
                        line,
                        Problems.quoted(key) + " to " + Problems.quoted(target) + ", in line " + seen.line() + " to "
                                + Problems.quoted(seen.other()));
            }
        }
        if (twoKeys.contains(targetHash)) {
            Seen seen = keysOfTargets.putIfAbsent(target, new Seen(line, key));
            if (seen != null && !seen.other().equals(key)) {
                problems.add(
                        Kind.TWO_KEYS,
                        line,
                        Problems.quoted(target) + " of " + Problems.quoted(key) + ", in line " + seen.line() + " of "
                                + Problems.quoted(seen.other()));
            }
        }
        Long link = keysInChains.get(target);
        if (link != null) {
            problems.add(Kind.CHAIN, line, Problems.quoted(target) + ", in line " + link + " a key");
        }
    }
}
