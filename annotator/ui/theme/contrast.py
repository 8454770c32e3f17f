"""Colour arithmetic: WCAG contrast, lightness moved until a contrast is kept, and what red-green blind eyes see.

Colours are ``#rrggbb`` strings. Nothing here depends on Qt, so that the rules can be checked from theme files alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

Triple = tuple[float, float, float]

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision
# Deficiency. IEEE Transactions on Visualization and Computer Graphics 15 (2009), table 1, severity 1.0, linear RGB.
_DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def rgb(colour: str) -> Triple:
    """Return red, green and blue from 0 to 1 of ``#rrggbb``; raises ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def hex_colour(red: float, green: float, blue: float) -> str:
    """Return ``#RRGGBB`` of three parts from 0 to 1; parts outside are clipped."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in (red, green, blue))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    clipped = min(1.0, max(0.0, part))
    return clipped * 12.92 if clipped <= 0.0031308 else float(1.055 * clipped ** (1 / 2.4) - 0.055)


def linear_rgb(colour: str) -> Triple:
    """Return the light behind ``#rrggbb``: sRGB (IEC 61966-2-1) without its curve."""
    red, green, blue = rgb(colour)
    return _linear(red), _linear(green), _linear(blue)


def luminance(colour: str) -> float:
    """Return the relative luminance by WCAG 2.2, 0 for black to 1 for white."""
    red, green, blue = linear_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2, from 1 to 21; the order does not matter."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """Return the contrast on the worst of several grounds."""
    return min(contrast(colour, ground) for ground in grounds)


@lru_cache(maxsize=1024)
def mix(over: str, ground: str, percent: float) -> str:
    """Return ``percent`` of one colour laid over another, as a painter with that opacity would show it."""
    share = percent / 100
    top, bottom = rgb(over), rgb(ground)
    return hex_colour(*(share * a + (1 - share) * b for a, b in zip(top, bottom, strict=True)))


def _oklab(colour: str) -> Triple:
    """Return OKLab coordinates (B. Ottosson, A perceptual color space for image processing, 2020)."""
    r, g, b = linear_rgb(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear_of_oklab(lightness: float, a: float, b: float) -> Triple:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def with_lightness(colour: str, lightness: float) -> str:
    """Return the colour at an OKLab lightness from 0 to 1: hue kept, saturation lowered only as far as sRGB needs."""
    _, a, b = _oklab(colour)
    for step in range(20, -1, -1):
        light = _linear_of_oklab(lightness, a * step / 20, b * step / 20)
        if all(-0.0005 <= part <= 1.0005 for part in light):
            return hex_colour(*(_encoded(part) for part in light))
    return "#FFFFFF" if lightness > 0.5 else "#000000"


@lru_cache(maxsize=512)
def readable(colour: str, grounds: tuple[str, ...], least: float, *, lighter: bool) -> str:
    """Return the colour, its lightness moved as little as is needed for contrast ``least`` on every ground.

    White or black, whichever way ``lighter`` says, is the answer where nothing less is enough.
    """
    if least_contrast(colour, grounds) >= least:
        return colour.upper()
    start = round(_oklab(colour)[0] * 200)
    for step in range(start, 201) if lighter else range(start, -1, -1):
        moved = with_lightness(colour, step / 200)
        if least_contrast(moved, grounds) >= least:
            return moved
    return "#FFFFFF" if lighter else "#000000"


def deuteranopia(colour: str) -> str:
    """Return how the colour looks to eyes without green cones (Machado, Oliveira and Fernandes 2009, severity 1)."""
    light = linear_rgb(colour)
    seen = (sum(factor * part for factor, part in zip(row, light, strict=True)) for row in _DEUTERANOPIA)
    return hex_colour(*(_encoded(part) for part in seen))


def _cielab(colour: str) -> Triple:
    """Return CIE 1976 L*a*b* for the white point D65."""
    r, g, b = linear_rgb(colour)
    parts = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(first: str, second: str) -> float:
    """Return the CIE 1976 colour difference; about 2.3 is just noticeable side by side."""
    pairs = zip(_cielab(first), _cielab(second), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)
