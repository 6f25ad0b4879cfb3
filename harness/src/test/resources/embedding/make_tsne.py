"""Writes tsne.json: affinities, divergence and gradient of one embedding by scikit-learn, for TsneTest."""

import json
import pathlib

import numpy
from sklearn.manifold import _t_sne
from sklearn.metrics.pairwise import euclidean_distances
from scipy.spatial.distance import squareform

random = numpy.random.RandomState(7)
count, dimension, perplexity = 40, 5, 9.0
points = random.randn(count, dimension).astype(numpy.float32)
places = random.randn(count, 2)
condensed = _t_sne._joint_probabilities(euclidean_distances(points, squared=True), perplexity, 0)
divergence, gradient = _t_sne._kl_divergence(places.ravel(), condensed, 1, count, 2)
square = squareform(condensed)
pairs = [square[i, j] for j in range(count) for i in range(j)]
pathlib.Path(__file__).with_name("tsne.json").write_text(
    json.dumps(
        {
            "count": count,
            "perplexity": perplexity,
            "points": points.ravel().tolist(),
            "places": places.ravel().tolist(),
            "affinities": pairs,
            "divergence": float(divergence),
            "gradient": gradient.tolist(),
        }
    )
    + "\n"
)
