package dev.vernier.nets;

class TokenClassifierTest extends DatasetFeaturesContract {
  TokenClassifierTest() {
    super(new TokenClassifier(SIDE, CLASSES));
  }
}
