package dev.rehome.embedded;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** The process of an {@link EmbeddedObjectStore}. It exits at the end of its standard input, when its parent has ended. */
public final class ObjectStoreMain {
    private static final int THREADS = 200;

    private ObjectStoreMain() {}

    /**
     * Serves until the parent has ended.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        serve(ObjectStoreInstructions.readFrom(input));
        while (input.readLine() != null) {
            // The parent writes nothing more; the input ends when the parent does.
        }
        System.exit(0);
    }

    private static void serve(ObjectStoreInstructions instructions) throws Exception {
        ConditionalCopies store = new ConditionalCopies(BlobStores.create("transient", new Properties()));
        for (String bucket : instructions.buckets()) {
            store.createContainer(CreateBucketRequest.builder().bucket(bucket).build());
        }
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(LoopbackHttp.uri(instructions.port()))
                .awsAuthentication(AuthenticationType.AWS_V4, instructions.accessKey(), instructions.secretKey())
                .jettyMaxThreads(THREADS)
                .build();
        RequestFront.placeBefore(proxy, store, instructions.latency());
        proxy.start();
    }
}
