"""PyTorch on the work of the benchmarks; `./vernier bench --torch PYTHON` runs it by turns with them.

    python3 torch_speed.py --threads N WORK...

Prints a line of JSON for each work it knows, {"work": ..., "per_second": ...}, the median of seven
repetitions, and nothing for the others. Needs PyTorch (2.13 was measured).

The networks have the layers and sizes of Vernier's, as PyTorch users write them. They leave out the
moving average of the weights and the rotary embedding, so PyTorch has a little less to do.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

WARM_UP = 2
REPETITIONS = 7


def median_seconds(work):
    seconds = []
    for _ in range(WARM_UP + REPETITIONS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[WARM_UP:])


def training(parameters, loss, optimizer):
    """A step: gradients, clipping to norm 1, the optimizer."""
    parameters = list(parameters)
    optimizer = optimizer(parameters)

    def step():
        optimizer.zero_grad()
        loss().backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()

    return step


# The tokenizer: the frame of VQGAN with a codebook of unit vectors.


def convolution(before, after, side=3):
    return nn.Conv2d(before, after, side, padding=side // 2)


def normalized(channels, groups):
    return [nn.GroupNorm(groups, channels, eps=1e-6), nn.SiLU()]


class Residual(nn.Module):
    def __init__(self, before, after, groups):
        super().__init__()
        self.branch = nn.Sequential(
            *normalized(before, groups),
            convolution(before, after),
            *normalized(after, groups),
            convolution(after, after),
        )
        self.skip = nn.Identity() if before == after else convolution(before, after, 1)

    def forward(self, x):
        return self.skip(x) + self.branch(x)


class SpatialAttention(nn.Module):
    def __init__(self, channels, groups):
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.query = convolution(channels, channels, 1)
        self.key = convolution(channels, channels, 1)
        self.value = convolution(channels, channels, 1)
        self.output = convolution(channels, channels, 1)

    def forward(self, x):
        y = self.norm(x)
        rows = [each(y).flatten(2).mT for each in (self.query, self.key, self.value)]
        return x + self.output(F.scaled_dot_product_attention(*rows).mT.reshape(x.shape))


def middle(channels, groups):
    return [
        Residual(channels, channels, groups),
        SpatialAttention(channels, groups),
        Residual(channels, channels, groups),
    ]


def level(before, after, blocks, attention, groups):
    layers = []
    for block in range(blocks):
        layers.append(Residual(before if block == 0 else after, after, groups))
        if attention:
            layers.append(SpatialAttention(after, groups))
    return layers


def halved(channels):
    return [nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(channels, channels, 3, stride=2)]


def doubled(channels):
    return [nn.Upsample(scale_factor=2), convolution(channels, channels)]


class Tokenizer(nn.Module):
    ENTRIES, DIMENSION, COMMITMENT = 1024, 8, 0.25

    def __init__(self, channels, multipliers, blocks, z_channels, groups):
        super().__init__()
        widths = [channels * multiplier for multiplier in multipliers]
        last = len(widths) - 1
        encoder = [convolution(3, channels)]
        width = channels
        for i, after in enumerate(widths):
            encoder += level(width, after, blocks, i == last, groups)
            width = after
            encoder += halved(width) if i < last else []
        encoder += middle(width, groups) + normalized(width, groups)
        encoder += [convolution(width, z_channels), convolution(z_channels, self.DIMENSION, 1)]
        decoder = [convolution(self.DIMENSION, z_channels, 1), convolution(z_channels, width)]
        decoder += middle(width, groups)
        for i, after in reversed(list(enumerate(widths))):
            decoder += level(width, after, blocks + 1, i == last, groups)
            width = after
            decoder += doubled(width) if i > 0 else []
        decoder += normalized(width, groups) + [convolution(width, 3)]
        self.encoder = nn.Sequential(*encoder)
        self.decoder = nn.Sequential(*decoder)
        self.codebook = nn.Parameter(torch.randn(self.ENTRIES, self.DIMENSION))

    def loss(self, images):
        z = F.normalize(self.encoder(images), dim=1)
        rows = z.movedim(1, -1).reshape(-1, self.DIMENSION)
        codebook = F.normalize(self.codebook, dim=1)
        chosen = codebook[nearest(rows.detach(), codebook.detach())]
        straight = rows + (chosen - rows).detach()
        maps = straight.reshape(z.movedim(1, -1).shape).movedim(-1, 1)
        return (
            F.mse_loss(self.decoder(maps), images)
            + F.mse_loss(chosen, rows.detach())
            + self.COMMITMENT * F.mse_loss(rows, chosen.detach())
        )


def nearest(rows, codebook):
    """As LlamaGen and FQGAN search: all distances, then the least."""
    distances = rows.square().sum(1, keepdim=True) + codebook.square().sum(1) - 2 * rows @ codebook.T
    return distances.argmin(1)


def tokenizer_step(side, batch, *sizes):
    tokenizer = Tokenizer(*sizes)
    images = torch.rand(batch, 3, side, side) * 2 - 1
    adam = lambda parameters: torch.optim.Adam(parameters, 2e-4, betas=(0.9, 0.95))
    return training(tokenizer.parameters(), lambda: tokenizer.loss(images), adam), batch


def search(rows, entries, dimension):
    vectors = F.normalize(torch.randn(rows, dimension), dim=1)
    codebook = F.normalize(torch.randn(entries, dimension), dim=1)
    return torch.no_grad()(lambda: nearest(vectors, codebook)), rows


# VGG-16's convolutions.


def vgg(batch):
    layers, before = [], 3
    for stage, convolutions in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(convolutions):
            layers += [convolution(before, stage), nn.ReLU()]
            before = stage
        layers.append(nn.MaxPool2d(2))
    net = nn.Sequential(*layers).eval()
    images = torch.rand(batch, 3, 224, 224)
    return torch.no_grad()(lambda: net(images)), batch


# The generator: a transformer with a factorized autoregressive head.


class Past:
    """Keys and values of the positions so far."""

    def __init__(self, batch, heads, positions, width):
        self.keys = torch.zeros(batch, heads, positions, width)
        self.values = torch.zeros(batch, heads, positions, width)
        self.length = 0

    def append(self, keys, values):
        end = self.length + keys.shape[2]
        self.keys[:, :, self.length : end] = keys
        self.values[:, :, self.length : end] = values
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        hidden = -(-int(8 * width / 3) // 256) * 256
        self.heads = heads
        self.attention_norm = nn.RMSNorm(width, 1e-5)
        self.projection = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.feed_forward_norm = nn.RMSNorm(width, 1e-5)
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x, past=None):
        split = self.projection(self.attention_norm(x)).unflatten(2, (3, self.heads, -1))
        query, key, value = split.permute(2, 0, 3, 1, 4)
        if past is not None:
            key, value = past.append(key, value)
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=past is None)
        x = x + self.output(seen.transpose(1, 2).flatten(2))
        y = self.feed_forward_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Generator(nn.Module):
    WIDTH, HEADS, LAYERS, HEAD_LAYERS = 256, 8, 6, 2
    CODEBOOKS, ENTRIES, POSITIONS, CLASSES = 2, 1024, 64, 10

    def __init__(self):
        super().__init__()
        blocks = lambda count: nn.ModuleList(Block(self.WIDTH, self.HEADS) for _ in range(count))
        each = lambda layer: nn.ModuleList(layer() for _ in range(self.CODEBOOKS))
        self.trunk = blocks(self.LAYERS)
        self.head = blocks(self.HEAD_LAYERS)
        self.classes = nn.Embedding(self.CLASSES + 1, self.WIDTH)
        self.embeddings = each(lambda: nn.Embedding(self.ENTRIES, self.WIDTH))
        self.aggregation = nn.Linear(self.CODEBOOKS * self.WIDTH, self.WIDTH)
        self.norm = nn.RMSNorm(self.WIDTH, 1e-5)
        self.classifiers = each(lambda: nn.Linear(self.WIDTH, self.ENTRIES, bias=False))

    def loss(self, labels, tokens):
        """Cross-entropy of tokens [batch, codebooks, positions], teacher forced."""
        embedded = [layer(tokens[:, i]) for i, layer in enumerate(self.embeddings)]
        before = self.aggregation(torch.cat(embedded, 2))[:, :-1]
        x = torch.cat([self.classes(labels)[:, None], before], 1)
        for block in self.trunk:
            x = block(x)
        y = torch.stack([x, *embedded[:-1]], 2).flatten(0, 1)
        for block in self.head:
            y = block(y)
        y = self.norm(y)
        losses = [
            F.cross_entropy(layer(y[:, i]), tokens[:, i].flatten())
            for i, layer in enumerate(self.classifiers)
        ]
        return sum(losses) / self.CODEBOOKS

    def empty(self, blocks, batch, positions):
        return [Past(batch, self.HEADS, positions, self.WIDTH // self.HEADS) for _ in blocks]

    @torch.no_grad()
    def sample(self, labels):
        batch = len(labels)
        past = self.empty(self.trunk, batch, self.POSITIONS)
        x = self.classes(labels)[:, None]
        for _ in range(self.POSITIONS):
            for block, seen in zip(self.trunk, past):
                x = block(x, seen)
            past_of_head = self.empty(self.head, batch, self.CODEBOOKS)
            drawn = []
            for embedding, classifier in zip(self.embeddings, self.classifiers):
                for block, seen in zip(self.head, past_of_head):
                    x = block(x, seen)
                logits = classifier(self.norm(x))[:, 0]
                x = embedding(torch.multinomial(F.softmax(logits, 1), 1))
                drawn.append(x)
            x = self.aggregation(torch.cat(drawn, 2))


def generator_step(batch):
    generator = Generator()
    labels = torch.arange(batch) % Generator.CLASSES
    shape = (batch, Generator.CODEBOOKS, Generator.POSITIONS)
    tokens = torch.randint(0, Generator.ENTRIES, shape)
    adam = lambda parameters: torch.optim.AdamW(parameters, 1e-4, betas=(0.9, 0.95), weight_decay=0.05)
    return training(generator.parameters(), lambda: generator.loss(labels, tokens), adam), batch


def sampling(batch):
    generator = Generator()
    labels = torch.arange(batch) % Generator.CLASSES
    return lambda: generator.sample(labels), batch * Generator.POSITIONS * Generator.CODEBOOKS


WORKS = {
    "TrainingStep.step 32px vqgan:1024": lambda: tokenizer_step(32, 32, 32, (1, 2, 2), 1, 64, 8),
    "TrainingStep.step 64px vqgan:1024": lambda: tokenizer_step(64, 8, 64, (1, 2, 2, 4), 2, 128, 32),
    "TrainingStep.step quick vqgan:1024": lambda: tokenizer_step(32, 8, 8, (1, 2, 2), 1, 16, 4),
    "TrainingStep.step standard vqgan:1024": lambda: tokenizer_step(32, 16, 16, (1, 2, 2), 1, 32, 8),
    "CodebookSearch.search 8192x1024x8": lambda: search(8192, 1024, 8),
    "CodebookSearch.search 8192x16384x8": lambda: search(8192, 16384, 8),
    "CodebookSearch.search 2048x100000x8": lambda: search(2048, 100000, 8),
    "CodebookSearch.search 8192x16384x256": lambda: search(8192, 16384, 256),
    "FrozenNet.forward": lambda: vgg(8),
    "Generator.step": lambda: generator_step(16),
    "Generator.sample": lambda: sampling(16),
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("works", nargs="+", metavar="WORK")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    for name in options.works:
        if name in WORKS:
            work, items = WORKS[name]()
            speed = {"work": name, "per_second": items / median_seconds(work)}
            print(json.dumps(speed), flush=True)
