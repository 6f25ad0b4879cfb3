/**
 * The page of a report, section by section: plain HTML with its style and figures inside, so that
 * it opens without a network, prints, and reads well aloud.
 */
package dev.vernier.reports.html;
