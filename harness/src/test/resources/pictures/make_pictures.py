"""Writes the pictures of ImageDecoderTest beside this file, and what Pillow makes of them.

Needs Pillow (12.3 wrote those that are kept) and NumPy. read/ holds files that are read, read.npz
their pixels, [height, width, 3] by file name; refused/ holds files that are not. All is
deterministic.
"""

import base64
import io
import random
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

HERE = Path(__file__).resolve().parent
expected = {}


def write(name, content, bits=8):
    """A file that is read. Of 16-bit grey, which Pillow clips, the upper 8 bits count."""
    (HERE / "read" / name).write_bytes(content)
    image = Image.open(io.BytesIO(content))
    if bits == 16 or image.mode.startswith("I;16"):
        upper = (np.array(image).astype(np.uint32) >> 8).astype(np.uint8)
        expected[name] = np.dstack([upper] * 3)
    else:
        expected[name] = np.array(image.convert("RGB"))


def refuse(name, content):
    (HERE / "refused" / name).write_bytes(content)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture(width, height, seed=0):
    """Waves of colour with some noise."""
    numbers = np.random.RandomState(seed + 100 * width + height)
    y, x = np.mgrid[0:height, 0:width] / max(width, height)
    waves = [np.sin(9 * (numbers.rand() * x + numbers.rand() * y + numbers.rand())) for _ in range(3)]
    noisy = 127.5 + 100 * np.stack(waves, -1) + numbers.randint(-30, 31, (height, width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def swapped_profile():
    """sRGB with red and blue exchanged, so that whoever applies it shows it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]
    return profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


# JPEG ---------------------------------------------------------------------------------------------
def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def any_jpeg(width, height, factors, ids=(1, 2, 3, 4), scans=None, interval=0, adobe=None, frame=0xC0, bits=8):
    """A JPEG of random coefficients with any sampling factors, which Pillow cannot write."""
    numbers = random.Random(str((width, height, factors, scans, interval)))
    symbols = [run << 4 | size for run in range(16) for size in range(1, 11)] + [0, 0xF0]
    code = {symbol: i for i, symbol in enumerate(symbols)}
    most_across, most_down = max(f[0] for f in factors), max(f[1] for f in factors)
    out = b"\xff\xd8"
    if adobe is not None:
        out += segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([adobe]))
    out += segment(0xDB, b"\0" + bytes(numbers.randint(1, 30) for _ in range(64)))
    components = b"".join(bytes([i, f[0] << 4 | f[1], 0]) for i, f in zip(ids, factors))
    out += segment(frame, struct.pack(">BHHB", bits, height, width, len(factors)) + components)
    out += segment(0xC4, bytes([0, 0, 0, 0, 12] + [0] * 12) + bytes(range(12)))
    out += segment(0xC4, bytes([0x10] + [0] * 8 + [len(symbols)] + [0] * 7) + bytes(symbols))
    if interval:
        out += segment(0xDD, struct.pack(">H", interval))
    for scan in scans or [range(len(factors))]:
        scan = list(scan)
        out += segment(0xDA, bytes([len(scan)]) + b"".join(bytes([ids[c], 0]) for c in scan) + b"\0\x3f\0")
        written, before = [], {}

        def put(value, count):
            written.extend(value >> bit & 1 for bit in reversed(range(count)))

        def put_number(value):
            size = abs(value).bit_length()
            put(value if value > 0 else value + (1 << size) - 1, size)

        def put_block(component):
            value = numbers.randint(-60, 60)
            difference = value - before.get(component, 0)
            before[component] = value
            put(abs(difference).bit_length(), 4)
            put_number(difference)
            place = 1
            while place < 64 and numbers.random() < 0.7:
                value = numbers.choice([-1, 1]) * numbers.randint(1, 15)
                put(code[abs(value).bit_length()], 9)
                put_number(value)
                place += 1
            put(code[0], 9)

        def flushed():
            written.extend([1] * (-len(written) % 8))
            packed = np.packbits(written).tobytes()
            written.clear()
            return packed.replace(b"\xff", b"\xff\0")

        if len(scan) == 1:
            across, down = factors[scan[0]]
            blocks = -(-(-(-width * across // most_across)) // 8), -(-(-(-height * down // most_down)) // 8)
            units = [[scan[0]]] * (blocks[0] * blocks[1])
        else:
            unit = [c for c in scan for _ in range(factors[c][0] * factors[c][1])]
            units = [unit] * (-(-width // (8 * most_across)) * -(-height // (8 * most_down)))
        for i, unit in enumerate(units):
            if interval and i and i % interval == 0:
                out += flushed() + bytes([0xFF, 0xD0 + (i // interval - 1) % 8])
                before.clear()
            for component in unit:
                put_block(component)
        out += flushed()
    return out + b"\xff\xd9"


def without_jfif(data):
    at = data.index(b"\xff\xe0")
    return data[:at] + data[at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] :]


def jpegs():
    for width, height in ((17, 33), (2, 3), (16, 16), (1, 1)):
        for share in ("4:4:4", "4:2:2", "4:2:0", "4:1:1"):
            for progressive in (False, True):
                kind = "progressive" if progressive else "baseline"
                data = encoded(picture(width, height), "JPEG", subsampling=share, progressive=progressive)
                write(f"{kind}-{share.replace(':', '')}-{width}x{height}.jpg", data)
    image = picture(35, 18)
    for quality in (1, 100):
        write(f"quality-{quality}.jpg", encoded(image, "JPEG", quality=quality))
    write("grey.jpg", encoded(image.convert("L"), "JPEG"))
    write("grey-progressive.jpg", encoded(image.convert("L"), "JPEG", progressive=True))
    write("restarts.jpg", encoded(image, "JPEG", restart_marker_blocks=2))
    write("restarts-progressive.jpg", encoded(image, "JPEG", restart_marker_blocks=1, progressive=True))
    profile = swapped_profile()
    for mode in ("RGB", "L", "CMYK"):
        write(f"profile-{mode.lower()}.jpg", encoded(image.convert(mode), "JPEG", icc_profile=profile, quality=95))
    write("profile-444.jpg", encoded(image, "JPEG", icc_profile=profile, subsampling=0))
    write("profile-damaged.jpg", encoded(image, "JPEG", icc_profile=b"no profile at all" * 9))
    write("profile-without-jfif.jpg", without_jfif(encoded(image, "JPEG", icc_profile=profile)))
    write("without-jfif-444.jpg", without_jfif(encoded(image, "JPEG", subsampling=0)))
    exif = Image.Exif()
    exif[0x0112] = 6
    write("orientation.jpg", encoded(image, "JPEG", exif=exif))
    inks = encoded(image.convert("CMYK"), "JPEG", quality=95)
    write("cmyk.jpg", inks)
    at = inks.index(b"Adobe") + 11
    write("ycck.jpg", inks[:at] + b"\2" + inks[at + 1 :])
    write("cmyk-without-adobe.jpg", any_jpeg(19, 9, [(1, 1)] * 4))
    write("adobe-rgb.jpg", any_jpeg(19, 9, [(1, 1)] * 3, adobe=0))
    write("adobe-ycc.jpg", any_jpeg(19, 9, [(2, 1), (1, 1), (1, 1)], adobe=1))
    write("named-rgb.jpg", any_jpeg(19, 9, [(1, 1)] * 3, ids=b"RGB"))
    for factors in ([(1, 2), (1, 1), (1, 1)], [(4, 1), (1, 1), (1, 1)], [(1, 4), (1, 1), (1, 1)], [(3, 1), (1, 1), (1, 1)],
                    [(2, 2), (2, 1), (1, 2)], [(1, 1), (2, 2), (1, 1)], [(4, 2), (1, 1), (1, 1)], [(2, 2)]):
        name = "-".join(f"{across}{down}" for across, down in factors)
        write(f"factors-{name}.jpg", any_jpeg(37, 21, factors))
    write("scans.jpg", any_jpeg(37, 21, [(2, 2), (1, 1), (1, 1)], scans=[[0], [1, 2]]))
    write("scans-restarts.jpg", any_jpeg(37, 21, [(2, 1), (1, 1), (1, 1)], scans=[[2], [0], [1]], interval=2))
    whole = encoded(picture(64, 64), "JPEG")
    refuse("truncated-half.jpg", whole[: len(whole) // 2])
    refuse("truncated-no-end.jpg", whole[:-2])
    refuse("truncated-last-bytes.jpg", whole[:-40])
    progressive = encoded(picture(64, 64), "JPEG", progressive=True)
    refuse("truncated-progressive.jpg", progressive[: len(progressive) * 3 // 4])
    refuse("truncated-with-end.jpg", whole[: len(whole) // 2] + b"\xff\xd9")
    scan = progressive.rindex(b"\xff\xda")
    refuse("lacking-a-scan.jpg", progressive[:scan] + b"\xff\xd9")
    refuse("arithmetic.jpg", any_jpeg(8, 8, [(1, 1)] * 3, frame=0xC9))
    refuse("lossless.jpg", any_jpeg(8, 8, [(1, 1)] * 3, frame=0xC3))
    refuse("12-bits.jpg", any_jpeg(8, 8, [(1, 1)] * 3, frame=0xC1, bits=12))
    refuse("two-components.jpg", any_jpeg(8, 8, [(1, 1)] * 2))
    refuse("factors-of-2-and-3.jpg", any_jpeg(24, 8, [(3, 1), (2, 1), (1, 1)]))


# PNG ----------------------------------------------------------------------------------------------
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def any_png(width, height, bits, colour, interlaced, extra=b""):
    """A PNG of random samples and filters."""
    numbers = np.random.RandomState(bits + 10 * colour + interlaced)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, right, down in passes if interlaced else [(0, 0, 1, 1)]:
        across, rows = max(0, -(-(width - x) // right)), max(0, -(-(height - y) // down))
        for _ in range(rows if across else 0):
            data += bytes([numbers.randint(0, 5)])
            data += numbers.randint(0, 256, (across * channels * bits + 7) // 8, dtype=np.uint8).tobytes()
    packed = zlib.compress(data)
    half = len(packed) // 2
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    body = chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + body + chunk(b"IEND", b"")


def pngs():
    names = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgba"}
    for colour, depths in ((0, (1, 2, 4, 8, 16)), (2, (8, 16)), (3, (1, 2, 4, 8)), (4, (8, 16)), (6, (8, 16))):
        for bits in depths:
            colours = np.random.RandomState(bits).randint(0, 256, 3 << bits, dtype=np.uint8).tobytes()
            extra = chunk(b"PLTE", colours) + chunk(b"tRNS", b"\0\x80") if colour == 3 else b""
            for interlaced in (0, 1):
                kind = "-interlaced" if interlaced else ""
                write(f"{names[colour]}-{bits}{kind}.png", any_png(11, 9, bits, colour, interlaced, extra))
    write("interlaced-1x1.png", any_png(1, 1, 8, 2, 1))
    write("palette-too-short.png", any_png(11, 9, 8, 3, 0, chunk(b"PLTE", bytes(range(9)))))
    write("gamma.png", any_png(11, 9, 8, 2, 0, chunk(b"gAMA", struct.pack(">I", 100000))))
    write("gamma-grey.png", any_png(11, 9, 8, 0, 0, chunk(b"gAMA", struct.pack(">I", 100000))))
    write("transparent-colour.png", any_png(11, 9, 8, 2, 0, chunk(b"tRNS", b"\0\1\0\2\0\3")))
    image = picture(21, 13)
    write("profile.png", encoded(image, "PNG", icc_profile=swapped_profile()))
    write("jpeg-named.png", encoded(image, "JPEG"))
    write("animation.png", encoded(image, "PNG", save_all=True, append_images=[picture(21, 13, 1)]))
    whole = encoded(image, "PNG")
    refuse("truncated-half.png", whole[: len(whole) // 2])
    refuse("truncated-no-end.png", whole[:-12])
    refuse("wrong-checksum.png", whole[:300] + bytes([whole[300] ^ 1]) + whole[301:])
    refuse("empty.png", b"")
    refuse("page.png", b"<html>404 Not Found</html>")
    refuse("zeros.png", bytes(2000))
    refuse("too-large.png", any_png(1, 1, 8, 2, 0)[:16] + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))[8:]
           + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


# WebP, GIF, BMP -----------------------------------------------------------------------------------
# What Pillow cannot write: libwebp's simple filter, four segments and eight partitions.
SIMPLE_FILTER = (
    "UklGRrYAAABXRUJQVlA4IKoAAABSBQCdASoRACEAP5m+1GK/ujCqqqgH9jMJbACxHzMBnIBz5gCh9tle7dX+Vit9/lNqrUAA/c5x"
    "SA+WCrjPtA1w1iyHVBtnW+Y44hWTqVRYrfM54E7giO9qBFcfhOPMCUhNcL95JsIx/6tuVA7884F8glkiiHR0sK7mZgNMA8geh+UL"
    "TFRXurQ+aZ+N6O+lvNK5jG7pyZzPbXXO6ZumUZBHzBqMgubsOUAAAA=="
)


def webps():
    for width, height in ((1, 1), (3, 5), (16, 16), (33, 18)):
        image = picture(width, height)
        write(f"lossless-{width}x{height}.webp", encoded(image, "WEBP", lossless=True))
        for quality in (0, 60, 100):
            write(f"lossy-{quality}-{width}x{height}.webp", encoded(image, "WEBP", quality=quality))
    image = picture(40, 25)
    alpha = image.copy()
    alpha.putalpha(image.convert("L"))
    write("lossless-alpha.webp", encoded(alpha, "WEBP", lossless=True, exact=True))
    write("lossy-alpha.webp", encoded(alpha, "WEBP", quality=70))
    write("lossy-profile.webp", encoded(image, "WEBP", icc_profile=swapped_profile()))
    for colours in (2, 4, 16, 40):
        write(f"lossless-{colours}-colours.webp", encoded(image.quantize(colours).convert("RGB"), "WEBP", lossless=True))
    write("animation.webp", encoded(image, "WEBP", save_all=True, append_images=[picture(40, 25, 1)]))
    write("lossy-simple-filter.webp", base64.b64decode(SIMPLE_FILTER))
    # At these qualities none of 256 macroblocks but the one with the dots has coefficients, which rounds to a probability of 0.
    flat = Image.new("RGB", (256, 256), (130, 130, 130))
    dotted = flat.copy()
    dotted.paste((250, 0, 0), (123, 131, 127, 132))
    for method in (1, 2):
        write(f"lossy-flat-{method}.webp", encoded(flat, "WEBP", method=method, quality=20))
        write(f"lossy-dotted-{method}.webp", encoded(dotted, "WEBP", method=method, quality=5))
    for name, options in (("lossless", {"lossless": True}), ("lossy", {})):
        whole = encoded(image, "WEBP", **options)
        refuse(f"truncated-{name}.webp", whole[: len(whole) // 2])
        refuse(f"truncated-last-byte-{name}.webp", whole[:-1])
    stream = encoded(picture(64, 48), "WEBP")[20:]
    refuse("lossy-ends-early.webp", riff(chunk_of_riff(b"VP8 ", stream[: len(stream) // 2])))
    frame = bytes(16) + chunk_of_riff(b"VP8 ", stream)
    refuse("frame-in-frame.webp", riff(chunk_of_riff(b"ANMF", bytes(16) + chunk_of_riff(b"ANMF", frame))))


def chunk_of_riff(tag, content):
    return tag + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def riff(chunks):
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def gifs():
    for colours in (2, 5, 256):
        for interlaced in (0, 1):
            image = picture(21, 19).quantize(colours)
            write(f"colours-{colours}{'-interlaced' if interlaced else ''}.gif", encoded(image, "GIF", interlace=interlaced))
    image = picture(21, 19).quantize(40)
    write("grey.gif", encoded(picture(21, 19).convert("L"), "GIF"))
    write("transparent.gif", encoded(image, "GIF", transparency=3))
    write("animation.gif", encoded(image, "GIF", save_all=True, append_images=[picture(21, 19, 1).quantize(40)]))
    small = encoded(picture(6, 5).quantize(16), "GIF")
    at = small.index(b"\x2c", 13 + 48)
    larger = bytearray(small)
    larger[6:10], larger[at + 1 : at + 5] = struct.pack("<HH", 9, 11), struct.pack("<HH", 2, 3)
    write("larger-screen.gif", bytes(larger))
    whole = encoded(image, "GIF")
    refuse("truncated-half.gif", whole[: len(whole) // 2])
    refuse("truncated-no-end.gif", whole[:-1])


def any_bmp(width, height, bits, masks=(), header=40, top_down=False):
    numbers = np.random.RandomState(bits)
    stride = (width * bits + 31) // 32 * 4
    palette = b"" if bits > 8 else numbers.randint(0, 256, 4 << bits, dtype=np.uint8).tobytes()
    about = struct.pack("<IiiHHIIiiII", header, width, -height if top_down else height, 1, bits, 3 if masks else 0, 0, 0, 0, 0, 0)
    about = (about + b"".join(struct.pack("<I", mask) for mask in masks)).ljust(header, b"\0")
    at = 14 + len(about) + len(palette)
    data = numbers.randint(0, 256, stride * height, dtype=np.uint8).tobytes()
    return b"BM" + struct.pack("<IHHI", at + len(data), 0, 0, at) + about + palette + data


def run_lengths(width, height, bits, between=b"", literal=6):
    """A BMP whose rows are a run, some single pixels and a run to their end; something after the third."""
    numbers = np.random.RandomState(bits)
    head = bytearray(any_bmp(width, height, bits)[: 54 + (4 << bits)])
    head[30] = 3 - bits // 4
    data = b""
    for row in range(height):
        single = numbers.randint(0, 256, (literal * bits + 7) // 8, dtype=np.uint8).tobytes()
        data += bytes([4, numbers.randint(256), 0, literal]) + single + bytes(len(single) % 2)
        data += bytes([width, numbers.randint(256), 0, 0])
        data += between if row == 2 else b""
    return bytes(head) + data + b"\0\1"


def grey_colours(bmp, count):
    """The first colours of a BMP replaced by a ramp of grey."""
    ramp = b"".join(bytes([i, i, i, 0]) for i in range(count))
    return bmp[:46] + struct.pack("<I", count) + bmp[50:54] + ramp + bmp[54 + len(ramp) :]


def bmps():
    for bits in (1, 4, 8, 16, 24, 32):
        write(f"bits-{bits}.bmp", any_bmp(13, 7, bits))
    write("top-down.bmp", any_bmp(13, 7, 24, top_down=True))
    write("masks-565.bmp", any_bmp(13, 7, 16, (0xF800, 0x7E0, 0x1F)))
    write("masks-32.bmp", any_bmp(13, 7, 32, (0xFF000000, 0xFF0000, 0xFF00)))
    write("masks-alpha.bmp", any_bmp(13, 7, 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), 124))
    refuse("truncated-half.bmp", any_bmp(13, 7, 24)[:200])
    refuse("truncated-last-byte.bmp", any_bmp(13, 7, 24)[:-1])
    for bits in (4, 8):
        write(f"run-lengths-{bits}.bmp", run_lengths(13, 7, bits))
        write(f"run-lengths-{bits}-jump.bmp", run_lengths(13, 7, bits, between=b"\0\2\3\2"))
    refuse("run-lengths-empty-row.bmp", run_lengths(13, 7, 8, between=b"\0\0"))
    refuse("run-lengths-odd.bmp", run_lengths(13, 7, 4, literal=5))
    refuse("run-lengths-end.bmp", run_lengths(13, 7, 8, between=b"\0\1"))
    ramp = grey_colours(any_bmp(13, 7, 8), 100)
    write("first-greys-8.bmp", ramp)
    refuse("first-greys-4.bmp", grey_colours(any_bmp(13, 7, 4), 16))
    refuse("unusual-masks.bmp", any_bmp(13, 7, 16, (0xF00, 0xF0, 0xF)))
    refuse("compression-4.bmp", ramp[:30] + b"\4" + ramp[31:])


# PNM ----------------------------------------------------------------------------------------------
def any_pnm(kind, most, width=13, height=7):
    numbers = np.random.RandomState(kind + most)
    channels = 3 if kind in (3, 6) else 1
    head = f"P{kind}\n# a comment\n{width} {height}" + ("" if kind in (1, 4) else f" # most\n{most}") + "\n"
    if kind == 4:
        return head.encode() + numbers.randint(0, 256, (width + 7) // 8 * height, dtype=np.uint8).tobytes()
    values = numbers.randint(0, most + 1, width * height * channels)
    if kind < 4:
        return (head + (" " if kind > 1 else "").join(str(value) for value in values) + "\n").encode()
    return head.encode() + values.astype(">u2" if most > 255 else "u1").tobytes()


def pnms():
    for kind in (1, 4):
        write(f"two-tone-{kind}.pbm", any_pnm(kind, 1))
    for kind, end in ((2, "pgm"), (5, "pgm"), (3, "ppm"), (6, "ppm")):
        for most in (1, 100, 255, 1000, 65535):
            if end == "ppm" or most < 256:
                write(f"most-{most}-{kind}.{end}", any_pnm(kind, most))
    write("most-65535-5.pgm", any_pnm(5, 65535), bits=16)
    refuse("truncated.ppm", any_pnm(6, 255)[:-1])
    refuse("truncated.pgm", any_pnm(2, 255)[:100])
    refuse("too-large-a-value.pgm", b"P2 2 1 100\n7 101\n")
    refuse("no-numbers.pgm", b"P5 of course not\n")
    refuse("floats.pfm", b"PF\n1 1\n-1.0\n" + bytes(12))


# TIFF ---------------------------------------------------------------------------------------------
def any_tiff(width, height, photometric, samples, bits, big=False, tiled=False, planes=False, extra=None, more=None, large=False):
    """A TIFF of random samples; a large one is a BigTIFF."""
    order = ">" if big else "<"
    numbers = np.random.RandomState(bits + samples)
    side = (16, 16) if tiled else (width, 4)
    blocks = -(-width // side[0]), -(-height // side[1])
    each = 1 if planes else samples
    body, offsets, lengths = b"", [], []
    for i in range(blocks[0] * blocks[1] * (samples if planes else 1)):
        top = i % (blocks[0] * blocks[1]) // blocks[0] * side[1]
        rows = side[1] if tiled else min(side[1], height - top)
        data = numbers.randint(0, 256, rows * ((side[0] * each * bits + 7) // 8), dtype=np.uint8).tobytes()
        offsets.append((16 if large else 8) + len(body))
        lengths.append(len(data))
        body += data + bytes(len(data) % 2)
    tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [bits] * samples), 259: (3, [1]), 262: (3, [photometric]),
            277: (3, [samples]), 284: (3, [2 if planes else 1])}
    if tiled:
        tags.update({322: (4, [16]), 323: (4, [16]), 324: (4, offsets), 325: (4, lengths)})
    else:
        tags.update({273: (16 if large else 4, offsets), 278: (4, [4]), 279: (16 if large else 4, lengths)})
    if photometric == 3:
        tags[320] = (3, [int(n) for n in numbers.randint(0, 65536, 3 << bits)])
    if extra is not None:
        tags[338] = (3, [extra])
    tags.update(more or {})
    entries, outside = b"", b""
    word, room = ("Q", 8) if large else ("I", 4)
    start = 4 + room + (4 if large else 0) + len(body)
    behind = start + (8 if large else 2) + (4 + 2 * room) * len(tags) + room
    for tag in sorted(tags):
        kind, values = tags[tag]
        packed = struct.pack(order + str(len(values)) + {3: "H", 4: "I", 16: "Q"}[kind], *values)
        entries += struct.pack(order + "HH" + word, tag, kind, len(values))
        if len(packed) <= room:
            entries += packed.ljust(room, b"\0")
        else:
            entries += struct.pack(order + word, behind + len(outside))
            outside += packed
    number = struct.pack(order + "HHH", 43, 8, 0) if large else struct.pack(order + "H", 42)
    head = (b"MM" if big else b"II") + number + struct.pack(order + word, start)
    return head + body + struct.pack(order + ("Q" if large else "H"), len(tags)) + entries + bytes(room) + outside


def tiffs():
    kinds = [("white-is-zero", 0, 1, (1, 4, 8)), ("grey", 1, 1, (1, 2, 4, 8, 16)), ("rgb", 2, 3, (8, 16)),
             ("palette", 3, 1, (1, 2, 4, 8)), ("cmyk", 5, 4, (8, 16))]
    for name, photometric, samples, depths in kinds:
        for bits in depths:
            for big in (False, True):
                data = any_tiff(11, 9, photometric, samples, bits, big)
                write(f"{name}-{bits}-{'big' if big else 'little'}.tif", data)
    write("large-rgb.tif", any_tiff(11, 9, 2, 3, 8, large=True))
    write("large-palette.tif", any_tiff(11, 9, 3, 1, 4, large=True))
    write("large-tiles.tif", any_tiff(37, 21, 2, 3, 16, tiled=True, large=True))
    for extra, name in ((0, "unknown"), (1, "multiplied"), (2, "alpha")):
        write(f"fourth-{name}.tif", any_tiff(11, 9, 2, 4, 8, extra=extra))
    write("planes.tif", any_tiff(11, 9, 2, 3, 8, planes=True))
    write("tiles.tif", any_tiff(37, 21, 2, 3, 8, tiled=True))
    for orientation in range(2, 9):
        write(f"orientation-{orientation}.tif", any_tiff(11, 9, 2, 3, 8, more={274: (3, [orientation])}))
    image = picture(40, 30)
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits", "jpeg"):
        write(f"packed-{compression}.tif", encoded(image, "TIFF", compression=compression))
    for compression in ("tiff_lzw", "tiff_adobe_deflate"):
        write(f"differences-{compression}.tif", encoded(image, "TIFF", compression=compression, tiffinfo={317: 2}))
    for compression in ("raw", "packbits"):
        write(f"no-differences-{compression}.tif", encoded(image, "TIFF", compression=compression, tiffinfo={317: 2}))
    write("five-samples.tif", any_tiff(11, 9, 2, 5, 8, more={338: (3, [1, 0])}))
    write("grey-jpeg.tif", encoded(image.convert("L"), "TIFF", compression="jpeg"))
    write("profile.tif", encoded(image, "TIFF", icc_profile=swapped_profile()))
    grey = np.array(image.convert("L"))
    refuse("float32.tif", encoded(Image.fromarray(grey.astype(np.float32) / 255), "TIFF"))
    refuse("int32.tif", encoded(Image.fromarray(grey.astype(np.int32)), "TIFF"))
    for name, compression in (("facsimile", "group4"), ("facsimile-3", "group3")):
        refuse(f"{name}.tif", encoded(image.convert("1"), "TIFF", compression=compression))
    for compression in ("lzma", "zstd"):
        refuse(f"{compression}.tif", encoded(image, "TIFF", compression=compression))
    refuse("large-truncated.tif", any_tiff(11, 9, 2, 3, 8, large=True)[:-1])
    refuse("large-big-endian.tif", any_tiff(11, 9, 2, 3, 8, True, large=True))
    refuse("lab.tif", any_tiff(11, 9, 8, 3, 8))
    refuse("grey-of-4-samples.tif", any_tiff(11, 9, 1, 4, 8))
    refuse("a-plane-of-white-is-zero.tif", any_tiff(11, 9, 0, 1, 8, planes=True))
    whole = encoded(image, "TIFF")
    refuse("truncated-half.tif", whole[: len(whole) // 2])
    refuse("truncated-last-byte.tif", whole[:-1])


def others():
    image = picture(16, 16)
    for kind, end in (("JPEG2000", "jp2"), ("ICO", "ico"), ("AVIF", "avif")):
        try:
            refuse(f"foreign.{end}", encoded(image, kind))
        except (KeyError, OSError):
            print(f"this Pillow writes no {kind}")


def main():
    for folder in ("read", "refused"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir()
    for make in (jpegs, pngs, webps, gifs, bmps, pnms, tiffs, others):
        make()
    np.savez_compressed(HERE / "read.npz", **expected)


if __name__ == "__main__":
    main()
