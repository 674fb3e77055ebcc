package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.manifest.Problems.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a manifest through and judges it: each line by itself, then the lines among each other by their hashes. */
final class Examination {
    /** New keys in one question to the database. */
    private static final int ASKED = 1_000;

    private final Path file;
    private final ManifestSettings settings;
    private final String bucket;
    private final TargetKeyRule keys;
    private final Optional<ColumnCapacity> fit;
    private final Problems problems = new Problems();

    Examination(Path file, ManifestSettings settings, String bucket, TargetKeyRule keys, Optional<ColumnCapacity> fit) {
        this.file = file;
        this.settings = settings;
        this.bucket = bucket;
        this.keys = keys;
        this.fit = fit;
    }

    ExaminedManifest examine() {
        try {
            Survey survey = Survey.of(file, settings.fields(), bucket);
            if (survey.lines() == 0) {
                throw new Rejected("MANIFEST is empty: it must name at least one key.");
            }
            EntryReading reading =
                    new EntryReading(survey.layout(), new KeyDecoding(settings.encoding()), bucket, keys);
            return judged(survey, new Entries.Source(file, survey, reading));
        } catch (ManifestLines.NotCsv noCsv) {
            throw new Rejected("MANIFEST is no CSV as RFC 4180 has it, behind line " + noCsv.behind() + ": "
                    + noCsv.getMessage()
                    + ". A field with a comma, a quote or a line break stands in quotes, with quotes"
                    + " in it doubled.");
        } catch (IOException unreadable) {
            throw new Rejected("MANIFEST can't be read: " + unreadable + ".", unreadable);
        }
    }

    private ExaminedManifest judged(Survey survey, Entries.Source source) throws IOException {
        KeyHashes sources = new KeyHashes(survey.lines());
        KeyHashes targets = new KeyHashes(survey.lines());
        KeyHashes tooLong = new KeyHashes(0);
        NewNames names = new NewNames();
        try (Entries entries = source.open(problems)) {
            while (entries.hasNext()) {
                ManifestEntry entry = entries.next();
                String target = entry.targetKey().orElseGet(() -> keys.targetOf(entry.objectKey()));
                sources.add(entry.objectKey());
                targets.add(target);
                if (fit.isPresent() && fit.get().isTooLong(target)) {
                    tooLong.add(entry.objectKey());
                }
                if (entry.targetKey().isPresent()) {
                    names.add(entries.line(), target);
                }
            }
            names.ask();
            entries.mustBeUnchanged();
        }
        KeyHashes known = sources.sort();
        new Crossings(keys, sources, targets, known).find(source, problems);
        return new ExaminedManifest(
                source, problems.texts(), survey.lines(), names.count, known, tooLong.sort(), identity(survey));
    }

    /** The same bytes read in another way are another manifest. */
    private String identity(Survey survey) {
        return "SHA-256 " + survey.digest() + " (" + survey.layout() + "; "
                + settings.encoding().name().toLowerCase(Locale.ROOT) + ")";
    }

    /** New keys of one's own, asked for in slices whether the column's character set holds them. */
    private final class NewNames {
        private final List<Long> lines = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private long count;

        private void add(long line, String name) {
            count++;
            if (fit.isPresent()) {
                lines.add(line);
                names.add(name);
                if (names.size() == ASKED) {
                    ask();
                }
            }
        }

        private void ask() {
            for (int place : fit.map(column -> column.unwritable(names)).orElse(List.of())) {
                problems.add(Kind.UNWRITABLE, lines.get(place), Problems.quoted(names.get(place)));
            }
            lines.clear();
            names.clear();
        }
    }
}
