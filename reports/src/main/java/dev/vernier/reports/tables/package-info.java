/**
 * One table of all metrics, and its writers: CSV with every digit for programs, Markdown, LaTeX and
 * HTML with rounded numbers for people. Each writer escapes what its format gives a meaning to.
 */
package dev.vernier.reports.tables;
