package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.apply.MariaDbReferenceUpdate;
import dev.rehome.catalog.mariadb.preflight.MariaDbColumnCapacity;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.ReferenceUpdate;
import dev.rehome.common.catalog.WorkSource;

/** One table of MariaDB whose references are migrated. */
record MariaDbTable(MariaDbCatalog catalog, TableProfile profile) implements CatalogTable {
    @Override
    public void prepare() {
        catalog.prepare(profile);
    }

    @Override
    public WorkSource work() {
        return catalog.work(profile);
    }

    @Override
    public LocationScanner locations() {
        return catalog.locations(profile);
    }

    @Override
    public ColumnCapacity capacity() {
        return new MariaDbColumnCapacity(catalog.jdbc(), profile.column());
    }

    @Override
    public ReferenceUpdate update() {
        return new MariaDbReferenceUpdate(catalog.lock(), catalog.schema(), profile, catalog.sharesKeys());
    }
}
