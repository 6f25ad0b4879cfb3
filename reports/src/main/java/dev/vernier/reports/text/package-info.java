/** How text and numbers are written in the formats of a report, whatever they say. */
package dev.vernier.reports.text;
