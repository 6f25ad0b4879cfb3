package dev.vernier.reports.html;

import dev.vernier.reports.tables.TableView;
import java.util.List;
import java.util.Optional;

/**
 * What a page shows, in plain text: its template escapes whatever stands in it.
 *
 * @param title its title and first heading
 * @param assets its style and script
 * @param summary what was run, a paragraph each
 * @param findings what was found, by whose claims those are
 * @param figures the main one first; none where there are no lines to draw
 * @param numbers its tables
 * @param images the same images by every method
 * @param pictures samples that stand inside the page
 * @param links samples that lie beside it
 * @param origin where the numbers come from
 */
public record PageView(
    String title,
    Assets assets,
    List<String> summary,
    List<Findings> findings,
    List<Drawing> figures,
    List<Numbers> numbers,
    Optional<Images> images,
    List<Drawing> pictures,
    List<Link> links,
    Origin origin) {
  /** Copies the lists. */
  public PageView {
    summary = List.copyOf(summary);
    findings = List.copyOf(findings);
    figures = List.copyOf(figures);
    numbers = List.copyOf(numbers);
    pictures = List.copyOf(pictures);
    links = List.copyOf(links);
  }

  /**
   * Findings of one source.
   *
   * @param heading whose claims they are
   * @param findings in their order
   */
  public record Findings(String heading, List<Finding> findings) {
    /** Copies the list. */
    public Findings {
      findings = List.copyOf(findings);
    }
  }

  /**
   * A finding.
   *
   * @param kind how its verdict is coloured
   * @param verdict in two or three words
   * @param name of the finding
   * @param claim what is found to hold or not
   * @param because why the verdict
   */
  public record Finding(String kind, String verdict, String name, String claim, String because) {}

  /**
   * A figure or a picture.
   *
   * @param source its content, as a URI of its own
   * @param description what is to be seen, for those who do not see it
   * @param width in pixels
   * @param height in pixels
   * @param title a few words; empty where the caption has them
   * @param caption what the reader needs to judge it
   * @param files names of its files beside the page
   */
  public record Drawing(
      String source,
      String description,
      long width,
      long height,
      String title,
      String caption,
      List<String> files) {
    /** Copies the list. */
    public Drawing {
      files = List.copyOf(files);
    }
  }

  /**
   * Tables of one subject.
   *
   * @param id of its section
   * @param heading of its section
   * @param intro a paragraph before the tables; empty where nothing is to be said
   * @param tables the ones to read
   * @param furtherHeading what unfolds the others
   * @param further the others
   * @param files names of the files that hold them
   */
  public record Numbers(
      String id,
      String heading,
      String intro,
      List<TableView> tables,
      String furtherHeading,
      List<TableView> further,
      List<String> files) {
    /** Copies the lists. */
    public Numbers {
      tables = List.copyOf(tables);
      further = List.copyOf(further);
      files = List.copyOf(files);
    }
  }

  /**
   * The same images by every method.
   *
   * @param rows the originals first
   * @param caption where they come from
   * @param file that holds all of them
   */
  public record Images(List<ImageRow> rows, String caption, String file) {
    /** Copies the list. */
    public Images {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Images of one method.
   *
   * @param label lines that say which, the name first
   * @param images from left to right
   */
  public record ImageRow(List<String> label, List<Image> images) {
    /** Copies the lists. */
    public ImageRow {
      label = List.copyOf(label);
      images = List.copyOf(images);
    }
  }

  /**
   * An image.
   *
   * @param id of its element
   * @param original id of the element of what it was made from; null for an original
   * @param source its content, as a URI of its own
   * @param description what it is
   */
  public record Image(String id, String original, String source, String description) {}

  /**
   * A file beside the page.
   *
   * @param file its name
   * @param text what it is
   */
  public record Link(String file, String text) {}
}
