package dev.rehome.emulation.application;

import java.sql.Connection;
import java.sql.SQLException;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The database and the object store that the emulated application writes to. */
public interface ApplicationServers {
    /** A connection of the application, not through any proxy; the caller closes it. */
    Connection connect() throws SQLException;

    /** A client of the object store, not through any proxy. */
    S3AsyncClient s3();

    /** The legacy bucket. */
    String source();

    /** The size of each object, in bytes. */
    int objectSize();

    /** The journal of every write of the application. */
    ApplicationJournal journal();
}
