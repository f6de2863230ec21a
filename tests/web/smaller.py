"""Makes pictures of pages smaller: a palette of 32 colours instead of 16 million."""

import struct
import zlib

import numpy as np

COLOURS = 32
HEAD = b"\x89PNG\r\n\x1a\n"


def smaller(png: bytes) -> bytes:
    """Return an 8-bit picture of 3 or 4 channels, as browsers make them, with a palette."""
    pixels = _pixels(png)
    height, width, _ = pixels.shape
    rgb = pixels[:, :, :3].astype(np.uint32)
    packed = (rgb[:, :, 0] << 16 | rgb[:, :, 1] << 8 | rgb[:, :, 2]).ravel()
    colours, where, counts = np.unique(packed, return_inverse=True, return_counts=True)
    palette, nearest = _palette(colours, counts)
    rows = nearest[where].reshape(height, width).astype(np.uint8)
    lines = np.zeros((height, width + 1), np.uint8)
    lines[:, 1:] = rows
    return (
        HEAD
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", palette.astype(np.uint8).tobytes())
        + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9))
        + _chunk(b"IEND", b"")
    )


def _palette(colours: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the palette, and for each colour its place there: the nearest.

    The most frequent colour, then again and again the one that most pixels would miss most: what
    is rare but like nothing else, as the green of a mark, keeps its colour.
    """
    split = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=1)
    split = split.astype(np.int32)
    kept = [int(counts.argmax())]
    missed = np.full(len(split), np.iinfo(np.int32).max, np.int64)
    for _ in range(min(COLOURS, len(split)) - 1):
        missed = np.minimum(missed, ((split - split[kept[-1]]) ** 2).sum(axis=1))
        kept.append(int((missed * counts).argmax()))
    palette = split[kept]
    nearest = np.empty(len(split), np.int64)
    for start in range(0, len(split), 4096):
        part = split[start : start + 4096]
        distance = ((part[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
        nearest[start : start + 4096] = distance.argmin(axis=1)
    return palette, nearest


def _pixels(png: bytes) -> np.ndarray:
    """Return rows, columns and channels of a picture that is not interlaced."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[kind]
    data, at = b"", len(HEAD)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width * channels + 1)
    shown = np.zeros((height, width * channels), np.uint8)
    above = np.zeros(width * channels, np.uint8)
    for y in range(height):
        above = _unfiltered(int(lines[y, 0]), lines[y, 1:], above, channels)
        shown[y] = above
    return shown.reshape(height, width, channels)


def _unfiltered(filter_: int, line: np.ndarray, above: np.ndarray, channels: int) -> np.ndarray:
    """Return a row of pixels from what stands for it, by the five ways of the format."""
    if filter_ == 0:
        return line
    if filter_ == 1:  # each pixel is what it adds to the one on its left
        return np.cumsum(line.reshape(-1, channels), axis=0, dtype=np.uint8).reshape(-1)
    if filter_ == 2:
        return line + above
    row = bytearray(line.tobytes())
    over = above.tobytes()
    for x in range(len(row)):
        left = row[x - channels] if x >= channels else 0
        if filter_ == 3:
            guess = (left + over[x]) // 2
        else:
            corner = over[x - channels] if x >= channels else 0
            guess = _paeth(left, over[x], corner)
        row[x] = (row[x] + guess) & 255
    return np.frombuffer(bytes(row), np.uint8)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    far = (abs(guess - left), abs(guess - above), abs(guess - corner))
    return (left, above, corner)[far.index(min(far))]


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
