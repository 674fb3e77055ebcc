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

/** Findings as JSON, one a line, in UTF-8. For one thread. */
final class FindingFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter writer;

    private FindingFile(BufferedWriter writer) {
        this.writer = writer;
    }

    /**
     * Opens a new file; a device or pipe is written to as it is.
     *
     * @throws IOException when it can't be made, also because it exists
     */
    static FindingFile at(Path path) throws IOException {
        boolean special = Files.exists(path) && !Files.isRegularFile(path);
        return new FindingFile(
                Files.newBufferedWriter(path, special ? StandardOpenOption.WRITE : StandardOpenOption.CREATE_NEW));
    }

    /** Takes findings and keeps none. */
    static FindingFile none() {
        return new FindingFile(new BufferedWriter(Writer.nullWriter()));
    }

    void write(Finding finding) {
        ObjectNode line = JSON.createObjectNode();
        line.put("finding", finding.kind().name()).put("repaired", finding.repaired());
        finding.record().rowKey().parts().forEach(line.putArray("key")::add);
        line.put("oldLocation", finding.record().oldLocation())
                .put("newLocation", finding.record().newLocation())
                .put("recordedETag", finding.record().etag());
        describe(line, "target", finding.target().object());
        describe(line, "source", finding.source().object());
        line.put("message", finding.message());
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.newLine();
        } catch (IOException full) {
            throw new UncheckedIOException("The file of findings can't be written", full);
        }
    }

    private static void describe(ObjectNode line, String name, Optional<ObjectStat> object) {
        object.ifPresentOrElse(
                found -> line.putObject(name)
                        .put("etag", found.proof().map(ContentProof::value).orElse(""))
                        .put("bytes", found.size())
                        .put("modified", found.modified().toString()),
                () -> line.putNull(name));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
