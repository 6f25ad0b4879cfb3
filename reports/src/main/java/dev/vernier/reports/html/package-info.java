/**
 * The page of a report: one file with its style, script and images inside, so that it opens without
 * a network. {@code ReportPage} says in plain text what a page shows, the templates in {@code
 * src/main/jte} make HTML of it and escape all that it says, and a content security policy blocks
 * all else.
 */
package dev.vernier.reports.html;
