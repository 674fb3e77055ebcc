package dev.rehome.emulation.application;

/**
 * A row as the application wrote it.
 *
 * @param name a column that the migration must not touch
 * @param location the column to be migrated; null allowed
 * @param stamp a column that MariaDB would set to the present time at each update, and that the migration must not touch
 */
public record WrittenRow(String name, String location, String stamp) {}
