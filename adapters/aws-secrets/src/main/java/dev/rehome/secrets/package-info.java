/** The database's password from AWS Secrets Manager. */
package dev.rehome.secrets;
