/**
 * Functions from run records to files: charts, tables, pages. Depends on the contracts only, never
 * on ND4J arrays or plugins.
 */
package dev.vernier.reports;
