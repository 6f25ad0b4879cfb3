/**
 * Tables of all that was measured: what a paper would print, and the rest. They are written as CSV
 * with every digit for programs, and as Markdown, LaTeX and HTML with rounded numbers for people.
 * Each writer escapes what its format gives a meaning to.
 */
package dev.vernier.reports.tables;
