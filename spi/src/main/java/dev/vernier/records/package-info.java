/**
 * The records of a run, as they lie in its folder: {@code run.json}, {@code cells/<id>/result.json}
 * and, for comparisons of cells, {@code rfid-replicates.json} and the like beside it. The harness
 * writes them, reports and other tools read them. They carry a schema version: fields that this
 * version does not know are kept when a record is written again, and a record of a newer schema is
 * refused. Nothing here depends on ND4J arrays.
 */
package dev.vernier.records;
