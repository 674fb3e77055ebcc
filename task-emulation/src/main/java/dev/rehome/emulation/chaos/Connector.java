package dev.rehome.emulation.chaos;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the sample's database. */
@FunctionalInterface
public interface Connector {
    /** A fresh connection; the caller closes it. */
    Connection connect() throws SQLException;
}
