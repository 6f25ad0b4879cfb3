package dev.vernier.nets;

class ResidualClassifierTest extends DatasetFeaturesContract {
  ResidualClassifierTest() {
    super(new ResidualClassifier(SIZE, CLASSES));
  }
}
