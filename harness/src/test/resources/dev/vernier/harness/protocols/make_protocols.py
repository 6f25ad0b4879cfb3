"""Makes the arrays beside it, and prints the numbers in PairScoreTest.

Needs NumPy, Pillow, scikit-image and PyTorch. torchvision's Resize and CenterCrop are Pillow's resize
and a crop, with the sizes as they are computed here. piq and IQA-PyTorch are not needed: their
formulas are written out in float64, SSIM by scikit-image.
"""

import pathlib

import numpy as np
import torch
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
PAIRS = HERE.parents[7] / "tests/src/test/resources/fixtures/psnr_ssim"


def torchvision(image, size, resample):
    height, width = image.shape[:2]
    short, long = min(height, width), max(height, width)
    new_long = int(size * long / short)
    new = (size, new_long) if width <= height else (new_long, size)
    resized = np.asarray(Image.fromarray(image).resize(new, resample))
    top = int(round((resized.shape[0] - size) / 2.0))
    left = int(round((resized.shape[1] - size) / 2.0))
    return resized[top : top + size, left : left + size]


def aliased(image, size):
    """Bilinear without antialiasing, in floats: what OpenCV rounds in its own way."""
    height, width = image.shape[:2]
    scale = size / min(height, width)
    new = (round(height * scale), round(width * scale))
    planes = torch.from_numpy(image.astype(np.float64)).permute(2, 0, 1)[None]
    resized = torch.nn.functional.interpolate(planes, size=new, mode="bilinear", align_corners=False)
    resized = resized[0].permute(1, 2, 0).numpy()
    top, left = (new[0] - size) // 2, (new[1] - size) // 2
    return resized[top : top + size, left : left + size]


def luma_psnr(a, b):
    """Of [3, height, width] in [0, 1], as IQA-PyTorch with test_y_channel, color_space ycbcr."""
    weights = np.array([65.481, 128.553, 24.966])
    y_a, y_b = (np.tensordot(weights, x, 1) / 255 + 16 / 255 for x in (a, b))
    return 10 * np.log10(1 / (np.mean((y_a - y_b) ** 2) + 1e-8))


def piq_ssim(a, b):
    """Of [3, height, width] in [0, 1], as piq.ssim by default."""
    side = max(1, round(min(a.shape[1:]) / 256))
    if side > 1:
        a, b = (torch.nn.functional.avg_pool2d(torch.from_numpy(x), side).numpy() for x in (a, b))
    return structural_similarity(
        a, b, channel_axis=0, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )


def waves(side):
    """[3, side, side] that the test makes too: an original in 256 levels, and floats some of which lie beyond [-1, 1]."""
    c, y, x = np.ogrid[0:3, 0:side, 0:side]
    original = ((x * x + 3 * y * y + 7 * x * y) // 97 + 50 * c) % 256
    return original.astype(np.uint8), (original / 120.0 - 1 + 0.05 * ((x + y + c) % 5)).astype(np.float32)


def llamagen(side):
    """PSNR and SSIM as LlamaGen's script has them with --image-size SIDE --image-size-eval 256."""
    original, decoded = waves(side)
    planes = torch.from_numpy(original)[None].float().div(255).sub(0.5).div(0.5)
    reduce = lambda x: torch.nn.functional.interpolate(x, size=(256, 256), mode="bicubic")
    real = (reduce(planes)[0].permute(1, 2, 0).numpy() + 1.0) / 2.0
    back = torch.clamp(127.5 * reduce(torch.from_numpy(decoded)[None]) + 128.0, 0, 255)
    back = back[0].permute(1, 2, 0).to(dtype=torch.uint8).numpy().astype(np.float32) / 255.0
    psnr = peak_signal_noise_ratio(back, real)
    return float(psnr), float(structural_similarity(back, real, data_range=2.0, channel_axis=-1))


for side in (384, 512):
    print("llamagen", side, llamagen(side))
planes = torch.from_numpy(waves(24)[1])[None]
for side in (16, 12):
    reduced = torch.nn.functional.interpolate(planes, size=(side, side), mode="bicubic")
    np.save(HERE / f"interpolated_{side}.npy", reduced[0].numpy())

for number, size in ((0, 40), (1, 48)):
    image = np.load(DATA / f"image_{number}.npy")
    np.save(HERE / f"bilinear_{number}.npy", torchvision(image, size, Image.BILINEAR))
    np.save(HERE / f"bicubic_{number}.npy", torchvision(image, size, Image.BICUBIC))
    np.save(HERE / f"aliased_{number}.npy", aliased(image, size).astype(np.float32))

originals = np.load(PAIRS / "gt_uint8.npy").transpose(0, 3, 1, 2) / 255.0
decoded = (np.load(PAIRS / "model_output.npy").astype(np.float64).clip(-1, 1) + 1) / 2
for name, score in (("luma", luma_psnr), ("piq", piq_ssim)):
    print(name, [float(score(a, b)) for a, b in zip(originals, decoded)])
    print(name, "tiled", float(score(np.tile(originals[1], (1, 10, 10)), np.tile(decoded[1], (1, 10, 10)))))
