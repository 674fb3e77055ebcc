package dev.rehome.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;

/**
 * The object store's settings, passed on its standard input, one value per line: on its command line, others could read the
 * keys.
 *
 * @param port the port to listen on
 * @param accessKey the only access key that is accepted
 * @param secretKey its secret
 * @param buckets the buckets to create
 * @param latency how long each response is delayed
 */
record ObjectStoreInstructions(int port, String accessKey, String secretKey, List<String> buckets, Duration latency) {

    ObjectStoreInstructions {
        buckets = List.copyOf(buckets);
    }

    void writeTo(Writer writer) throws IOException {
        writer.write(port + "\n" + accessKey + "\n" + secretKey + "\n");
        writer.write(String.join(" ", buckets) + "\n" + latency + "\n");
        writer.flush(); // not closed: the process ends when its input does
    }

    static ObjectStoreInstructions readFrom(BufferedReader reader) throws IOException {
        int port = Integer.parseInt(reader.readLine());
        String accessKey = reader.readLine();
        String secretKey = reader.readLine();
        String names = reader.readLine();
        List<String> buckets = names.isEmpty() ? List.of() : List.of(names.split(" "));
        return new ObjectStoreInstructions(port, accessKey, secretKey, buckets, Duration.parse(reader.readLine()));
    }
}
