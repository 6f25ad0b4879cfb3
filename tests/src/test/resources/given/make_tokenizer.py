"""Trains a small tokenizer in PyTorch and writes what GivenMethodsTest gives to Vernier.

Needs PyTorch, onnx, onnxscript, NumPy and Pillow (2.13, 1.23, 0.7, 2.4 and 12.3 wrote what is kept).
It takes about a minute, and writes beside this file:

  images/val/       64 drawn images, the ones that are measured
  encoder.onnx      float [N, 3, 32, 32] in [0, 1] -> int64 [N, 2, 8, 8] of two sub-codebooks of 64
  decoder.onnx      int64 [N, 2, 8, 8] -> float [N, 3, 32, 32] in [0, 1]
  reconstructions/  what PyTorch makes of the images, by their names
  codes.npy         int32 [64, 2, 8, 8], the rows in the order of the names
"""

import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).resolve().parent
SIZE = 32
CODES = 64
STEPS = 1500

torch.manual_seed(1)
torch.set_num_threads(1)


def draw(random):
    """A gradient with a few discs and bars, [SIZE, SIZE, 3] of bytes."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    angle = random.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * x + np.sin(angle) * y)[..., None]
    image = random.uniform(0, 1, 3) + along * random.uniform(-0.5, 0.5, 3)
    for _ in range(random.randint(2, 6)):
        centre, radius = random.uniform(0, 1, 2), random.uniform(0.08, 0.3)
        if random.rand() < 0.5:
            inside = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 < radius**2
        else:
            inside = (abs(x - centre[0]) < radius) & (abs(y - centre[1]) < radius / 3)
        image[inside] = random.uniform(0, 1, 3)
    return (255 * image.clip(0, 1) + 0.5).astype(np.uint8)


def batch(images):
    return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2) / 255


class Encoder(nn.Module):
    def __init__(self, books):
        super().__init__()
        self.books = books
        self.layers = nn.Sequential(
            nn.Conv2d(3, 24, 4, stride=2, padding=1), nn.SiLU(),
            nn.Conv2d(24, 32, 4, stride=2, padding=1), nn.SiLU(),
            nn.Conv2d(32, 32, 3, padding=1), nn.SiLU(),
            nn.Conv2d(32, 16, 1),
        )  # fmt: skip

    def latents(self, images):
        return self.layers(images).unflatten(1, (2, 8))  # [N, book, d, h, w]

    def nearest(self, latents):
        distances = (self.books**2).sum(2)[None, :, :, None, None] - 2 * torch.einsum(
            "kcd,nkdhw->nkchw", self.books, latents
        )
        return distances.argmin(2)

    def forward(self, images):
        return self.nearest(self.latents(images))


class Decoder(nn.Module):
    def __init__(self, books):
        super().__init__()
        self.books = books
        self.layers = nn.Sequential(
            nn.Conv2d(16, 32, 3, padding=1), nn.SiLU(),
            nn.Upsample(scale_factor=2), nn.Conv2d(32, 32, 3, padding=1), nn.SiLU(),
            nn.Upsample(scale_factor=2), nn.Conv2d(32, 24, 3, padding=1), nn.SiLU(),
            nn.Conv2d(24, 3, 3, padding=1), nn.Sigmoid(),
        )  # fmt: skip

    def vectors(self, indices):
        return torch.cat([F.embedding(indices[:, k], self.books[k]) for k in range(2)], 3).permute(0, 3, 1, 2)

    def forward(self, indices):
        return self.layers(self.vectors(indices))


def train(encoder, decoder):
    """The straight-through estimator of VQ-VAE; entries that no batch uses move to where vectors are."""
    random = np.random.RandomState(7)
    drawn = batch([draw(random) for _ in range(4096)])
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.layers.parameters()], 2e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    for step in range(STEPS):
        images = drawn[torch.randint(len(drawn), (64,))]
        latents = encoder.latents(images)
        indices = encoder.nearest(latents)
        quantized = decoder.vectors(indices)
        flat = latents.flatten(1, 2)
        straight = flat + (quantized - flat).detach()
        loss = (
            F.mse_loss(decoder.layers(straight), images)
            + F.mse_loss(quantized, flat.detach())
            + 0.25 * F.mse_loss(flat, quantized.detach())
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 50 == 0 and step < STEPS // 2:
            with torch.no_grad():
                for k in range(2):
                    unused = torch.bincount(indices[:, k].flatten(), minlength=CODES) == 0
                    vectors = latents[:, k].permute(0, 2, 3, 1).reshape(-1, 8)
                    encoder.books[k, unused] = vectors[torch.randint(len(vectors), (int(unused.sum()),))]
        if step % 250 == 0:
            print(step, loss.item())


def export(model, example, name, inputs, outputs):
    torch.onnx.export(
        model.eval(), example, HERE / name, input_names=[inputs], output_names=[outputs],
        dynamic_axes={inputs: {0: "batch"}}, external_data=False, verbose=False,
    )  # fmt: skip
    file = onnx.load(HERE / name)
    file.graph.ClearField("metadata_props")
    file.ClearField("metadata_props")
    for node in file.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in [*file.graph.value_info, *file.graph.input, *file.graph.output, *file.graph.initializer]:
        value.ClearField("metadata_props")
    onnx.save(file, HERE / name)


def main():
    books = nn.Parameter(torch.randn(2, CODES, 8) / 4)
    encoder, decoder = Encoder(books), Decoder(books)
    train(encoder, decoder)

    for name in ["images", "reconstructions"]:
        shutil.rmtree(HERE / name, ignore_errors=True)
        (HERE / name / ("val" if name == "images" else "")).mkdir(parents=True)
    random = np.random.RandomState(8)
    measured = [draw(random) for _ in range(64)]
    with torch.no_grad():
        indices = encoder(batch(measured))
        back = decoder(indices)
    np.save(HERE / "codes.npy", indices.numpy().astype(np.int32))
    # Half up, as Vernier rounds.
    levels = torch.floor(255 * back + 0.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy()
    for i, image in enumerate(measured):
        Image.fromarray(image).save(HERE / "images" / "val" / f"{i:02}.png")
        Image.fromarray(levels[i]).save(HERE / "reconstructions" / f"{i:02}.png")
    errors = ((levels.astype(float) - np.stack(measured)) ** 2).mean((1, 2, 3))
    print("PSNR", (10 * np.log10(255**2 / errors)).mean(), "codes", [len(b.unique()) for b in indices.unbind(1)])

    export(encoder, (batch(measured),), "encoder.onnx", "images", "indices")
    export(decoder, (indices,), "decoder.onnx", "indices", "images")


main()
