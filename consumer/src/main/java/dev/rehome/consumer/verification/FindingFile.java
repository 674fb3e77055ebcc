package dev.rehome.consumer.verification;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes findings as JSON in UTF-8, one per line. For one thread. */
final class FindingFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter writer;

    private FindingFile(BufferedWriter writer) {
        this.writer = writer;
    }

    /**
     * Creates a file. A device or pipe is opened.
     *
     * @throws IOException if the file exists or can't be created
     */
    static FindingFile at(Path path) throws IOException {
        boolean special = Files.exists(path) && !Files.isRegularFile(path);
        return new FindingFile(
                Files.newBufferedWriter(path, special ? StandardOpenOption.WRITE : StandardOpenOption.CREATE_NEW));
    }

    /** Discards findings. */
    static FindingFile none() {
        return new FindingFile(new BufferedWriter(Writer.nullWriter()));
    }

    void write(Finding finding) {
        ObjectNode line = JSON.createObjectNode();
        line.put("finding", finding.kind().name()).put("repaired", finding.repaired());
        finding.record().rowKey().parts().forEach(line.putArray("key")::add);
        line.put("oldLocation", finding.record().oldLocation())
                .put("newLocation", finding.record().newLocation())
                .put("recordedETag", finding.record().proof());
        finding.record().current().ifPresent(value -> line.put("currentValue", value));
        describe(line, "target", finding.objects().target().object());
        describe(line, "source", finding.objects().source().object());
        line.put("message", finding.message());
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.newLine();
        } catch (IOException failure) {
            throw new UncheckedIOException("Writing the findings to the --output file failed", failure);
        }
    }

    private static void describe(ObjectNode line, String name, Optional<ObjectStat> object) {
        object.ifPresentOrElse(
                found -> line.putObject(name)
                        .put("etag", found.proof().map(ContentProof::value).orElse(null))
                        .put("bytes", found.size())
                        .put("modified", found.modified().toString()),
                () -> line.putNull(name));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
