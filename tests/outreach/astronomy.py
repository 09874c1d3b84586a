"""New moons and the sun's longitude after Meeus, Astronomical Algorithms (chapters 25 and 49).

Written for the tests alone, to hold the shipped dates of 重阳 and of the autumn equinox against.
New moons are good to two minutes, the sun to a quarter of an hour; days are China's.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import radians, sin

#: Dynamical time is ahead of the clock by about so much in the 2020s.
_DELTA_T = timedelta(seconds=70)
_CHINA = timedelta(hours=8)
_J2000 = datetime(2000, 1, 1, 12)


def _moment(jde: float) -> datetime:
    return _J2000 + timedelta(days=jde - 2451545.0) - _DELTA_T + _CHINA


def sun_longitude(moment: datetime) -> float:
    """The sun's apparent longitude in degrees at a moment of China's clock."""
    jde = (moment - _CHINA + _DELTA_T - _J2000) / timedelta(days=1) + 2451545.0
    t = (jde - 2451545.0) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(m)
        + (0.019993 - 0.000101 * t) * sin(2 * m)
        + 0.000289 * sin(3 * m)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


def when_sun_is_at(longitude: float, year: int) -> datetime:
    """When in a year the sun reaches a longitude between 90 and 270 degrees, on China's clock."""
    low, high = datetime(year, 6, 25), datetime(year, 12, 15)
    while high - low > timedelta(seconds=10):
        middle = low + (high - low) / 2
        low, high = (middle, high) if sun_longitude(middle) < longitude else (low, middle)
    return low


def new_moon(k: int) -> datetime:
    """The k-th new moon after that of 6 January 2000, on China's clock."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    n = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    o = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    terms = (
        (-0.40720, n),
        (0.17241 * e, m),
        (0.01608, 2 * n),
        (0.01039, 2 * f),
        (0.00739 * e, n - m),
        (-0.00514 * e, n + m),
        (0.00208 * e * e, 2 * m),
        (-0.00111, n - 2 * f),
        (-0.00057, n + 2 * f),
        (0.00056 * e, 2 * n + m),
        (-0.00042, 3 * n),
        (0.00042 * e, m + 2 * f),
        (0.00038 * e, m - 2 * f),
        (-0.00024 * e, 2 * n - m),
        (-0.00017, o),
    )
    mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    return _moment(mean + sum(size * sin(angle) for size, angle in terms))


def ninth_of_the_ninth(year: int) -> tuple[date, timedelta]:
    """重阳: the ninth day of the lunar month in which 霜降 falls (210 degrees), which makes that
    month the ninth. Also how far the new moon it rests on is from midnight."""
    frost = when_sun_is_at(210, year)
    k = int((year - 2000) * 12.3685) + 6
    while new_moon(k + 1).date() <= frost.date():
        k += 1
    begin = new_moon(k)
    midnight = datetime.combine(begin.date(), datetime.min.time())
    margin = min(begin - midnight, midnight + timedelta(days=1) - begin)
    return begin.date() + timedelta(days=8), margin
