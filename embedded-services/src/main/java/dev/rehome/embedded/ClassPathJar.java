package dev.rehome.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A jar on the class path with the files of a server. */
final class ClassPathJar {
    private final URL witness;

    /**
     * @param witness the name of a resource in the jar
     * @throws ServerFailedException when the class path has no such resource
     */
    ClassPathJar(String witness) {
        this.witness = ClassPathJar.class.getClassLoader().getResource(witness);
        if (this.witness == null) {
            throw new ServerFailedException(
                    witness + " is not on the class path: its artifact is missing, or has no build for this platform");
        }
    }

    /**
     * Copies files out of the jar.
     *
     * @param prefix the folder in the jar that becomes the directory, empty or ending in a slash
     * @param wanted selects the files to copy by their path after the prefix
     */
    void copy(String prefix, Predicate<String> wanted, Path directory) throws IOException {
        URLConnection connection = witness.openConnection();
        if (!(connection instanceof JarURLConnection jarConnection)) {
            throw new IOException(witness + " is not in a jar");
        }
        // A cached jar would be shared with other users and must not be closed.
        jarConnection.setUseCaches(false);
        try (JarFile jar = jarConnection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                    String path = entry.getName().substring(prefix.length());
                    if (wanted.test(path)) {
                        copy(jar, entry, directory.resolve(path));
                    }
                }
            }
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }
}
