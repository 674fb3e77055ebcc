package dev.rehome.common.catalog;

import java.util.List;
import java.util.Objects;

/** Rows from all over the table, for estimates that must not read all of it. Safe for use by several threads. */
public interface RowSampler {
    /** About how many rows the table has, by the database's statistics, which may be old. */
    long estimatedRows();

    /**
     * Reads rows at random places that are spread evenly over the range of the row key. Reads a few rows for each place,
     * regardless of the size of the table.
     *
     * @param places how many places; several of them may have the same row, which is returned once
     */
    Sample sample(int places);

    /**
     * Some rows of the table.
     *
     * @param rows how many rows were read
     * @param locations those of their locations that can be read as text
     * @param spread whether they are from all over the table; else they are its first rows, because the row key has no
     *     range that can be divided
     */
    record Sample(long rows, List<String> locations, boolean spread) {
        public Sample {
            locations = List.copyOf(locations);
            if (rows < locations.size()) {
                throw new IllegalArgumentException(
                        "Expected at most one location for each of " + rows + " rows, got " + locations.size());
            }
        }
    }

    /**
     * How the database would find the rows of a batch.
     *
     * @param basis the statement that was explained
     * @param steps one for each table, in the order of the join
     */
    record UpdatePlan(String basis, List<Step> steps) {
        public UpdatePlan {
            Objects.requireNonNull(basis, "basis");
            steps = List.copyOf(steps);
        }
    }

    /**
     * The access to one table.
     *
     * @param table the table's name or alias
     * @param access the kind of access, as the database names it
     * @param index the index that is used; empty for none
     * @param rows how many rows the database expects to read
     */
    record Step(String table, String access, String index, long rows) {
        public Step {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(index, "index");
        }
    }
}
