/**
 * Whether what a paper found holds in a run: the findings that its experiment declared, each check
 * of them compared by {@link dev.vernier.reports.significance}. A finding that does not hold is
 * reported as such, with its numbers.
 */
package dev.vernier.reports.findings;
