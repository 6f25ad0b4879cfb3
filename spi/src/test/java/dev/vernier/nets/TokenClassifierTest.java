package dev.vernier.nets;

class TokenClassifierTest extends DatasetFeaturesContract {
  TokenClassifierTest() {
    super(new TokenClassifier(SIZE, CLASSES));
  }
}
