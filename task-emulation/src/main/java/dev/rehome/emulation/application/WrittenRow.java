package dev.rehome.emulation.application;

/**
 * A row as the application wrote it.
 *
 * @param name a column that the migration must not touch
 * @param location the column to be migrated; null allowed
 * @param stamp a column with ON UPDATE CURRENT_TIMESTAMP, which the migration must not touch either
 */
public record WrittenRow(String name, String location, String stamp) {}
