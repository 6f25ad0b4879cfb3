/**
 * Whether what a paper found, or the experiment itself claims, holds in a run: the findings that
 * are declared, each check of them compared by {@link dev.vernier.reports.significance}. A finding
 * that does not hold is reported as such, with its numbers.
 *
 * <p>Every difference has its 95% interval and its p value, paired over seeds and over images. All
 * seeds are measured on the same images, so both count, always: Student's t against the variance
 * between seeds over their number plus that of the difference over paired resamples of the images,
 * averaged over the seeds, with the degrees of freedom of Satterthwaite (1946). Equal methods are
 * then told apart in about 5% of all cases, at three seeds and at ten; a test over the seeds alone
 * does so in 16% and 51%, where a seed moves a number as far as the draw of the images does. A
 * level, such as a usage above 95%, is decided by its own interval in the same way. What a
 * generator draws is other images at each seed, so there the variance between seeds is all.
 *
 * <p>At one seed the images are all there is, and the verdict says that seeds were not varied; with
 * fewer than three nothing holds, and tables say "in this direction at two seeds". A claim about
 * every size is also tested once on the mean over the sizes, which tells differences too small for
 * each alone; where nothing is decided yet a line says what would: so many seeds, or so many
 * images. A number worse than the floor's at the same size is marked, and a finding that rests on
 * it is not judged, nor one of generators whose tokenizer is. Seeds are fixed before a run, so
 * resuming adds none, and a report that pools seeds of several runs says so.
 */
package dev.vernier.reports.findings;
