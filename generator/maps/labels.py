"""Finds a place for each label: none over another, none over a pin, none outside the frame."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.maps.text import ASCENT, DESCENT, LINE, SIZE

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

GAP = 2.0  # between two labels, and between a label and the frame
_NEAR = 3.0  # between a pin and its label
_RINGS = (0.0, 8.0, 16.0, 26.0, 38.0, 52.0, 68.0)  # how much farther a label may go, with a leader
_RIGHT, _LEFT = (1, 0), (-1, 0)
_OTHERS = ((0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


class NoRoomError(Exception):
    """There is no place for a label."""


@dataclasses.dataclass(frozen=True)
class Box:
    """A rectangle in units of the viewBox; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, *, gap: float = 0.0) -> bool:
        """Return whether two rectangles are closer than `gap` in both directions."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: Box, *, gap: float = 0.0) -> bool:
        """Return whether this lies inside another, at least `gap` from its edges."""
        return (
            self.left >= other.left + gap
            and self.right <= other.right - gap
            and self.top >= other.top + gap
            and self.bottom <= other.bottom - gap
        )

    def nearest(self, point: Point) -> Point:
        """Return the point of the rectangle that is nearest to a point."""
        x, y = point
        return (min(max(x, self.left), self.right), min(max(y, self.top), self.bottom))


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A label to be placed: its size, what it belongs to, and where else it may stand.

    `around` is what it stands beside; `inside` allows it to stand in the middle of that.
    """

    width: float
    around: Box
    lines: int = 1
    inside: bool = False

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return SIZE * (ASCENT + DESCENT + LINE * (self.lines - 1))


@dataclasses.dataclass(frozen=True)
class Label:
    """Where a label stands: x and baseline of its first line, and the box that it fills at most.

    `leader` is the path of the line to its pin, empty when it stands beside it.
    """

    x: float
    y: float
    anchor: Anchor
    box: Box
    leader: str = ""


def dot_box(x: float, y: float, radius: float) -> Box:
    """Return the box around a circle."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def make_label(box: Box, anchor: Anchor, leader: str = "") -> Label:
    """Return the label that fills a box."""
    x = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[anchor]
    return Label(round(x, 1), round(box.top + SIZE * ASCENT, 1), anchor, box, leader)


def place_labels(
    wanted: Sequence[Wanted], *, frame: Box, taken: Sequence[Box], rtl: bool
) -> list[Label]:
    """Return a place for each label. Raises `NoRoomError` when there is none for one of them.

    `taken` are boxes that no label may cover, the pins among them. One after the other takes the
    nearest free place; one that finds none goes first in the next attempt.
    """
    order = sorted(range(len(wanted)), key=lambda i: (-_crowd(wanted, i), i))
    for _ in range(4 * len(wanted) + 1):
        placed: dict[int, Label] = {}
        busy = list(taken)
        for index in order:
            label = _first_free(wanted[index], frame, busy, rtl=rtl)
            if label is None:
                order.remove(index)
                order.insert(0, index)
                break
            placed[index] = label
            busy += [label.box, *_leader_boxes(wanted[index], label)]
        else:
            return [placed[index] for index in range(len(wanted))]
    raise NoRoomError


def _crowd(wanted: Sequence[Wanted], index: int) -> int:
    near = wanted[index].around
    return sum(near.overlaps(other.around, gap=60) for other in wanted)


def _first_free(want: Wanted, frame: Box, busy: Sequence[Box], *, rtl: bool) -> Label | None:
    others = [box for box in busy if not box.within(want.around)]  # not its own pins
    for label in _candidates(want, rtl=rtl):
        if (
            label.box.within(frame, gap=GAP)
            and not any(label.box.overlaps(box, gap=GAP) for box in busy)
            and not any(
                piece.overlaps(box, gap=0.5)
                for piece in _leader_boxes(want, label)
                for box in others
            )
        ):
            return label
    return None


def _candidates(want: Wanted, *, rtl: bool) -> Iterator[Label]:
    around = want.around
    middle = ((around.left + around.right) / 2, (around.top + around.bottom) / 2)
    if want.inside:
        left, top = middle[0] - want.width / 2, middle[1] - want.height / 2
        yield make_label(Box(left, top, left + want.width, top + want.height), "middle")
    sides = (_LEFT, _RIGHT) if rtl else (_RIGHT, _LEFT)
    for ring in _RINGS:
        for right, down in (*sides, *_OTHERS):
            away = (_NEAR + ring) if not right or not down else ring * 0.75 + 1
            left = {
                1: around.right + away,
                0: middle[0] - want.width / 2,
                -1: around.left - away - want.width,
            }[right]
            top = {
                1: around.bottom + away,
                0: middle[1] - want.height / 2,
                -1: around.top - away - want.height,
            }[down]
            if not right:  # the line boxes have air above and below their letters
                top -= down * 2
            box = Box(left, top, left + want.width, top + want.height)
            anchor: Anchor = "start" if right > 0 else "end" if right < 0 else "middle"
            leader = _leader(middle, box) if ring else ""
            yield make_label(box, anchor, leader)


def _leader(start: Point, box: Box) -> str:
    end = box.nearest(start)
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def _leader_boxes(want: Wanted, label: Label) -> list[Box]:
    """Return small boxes along a leader, outside of what it belongs to."""
    if not label.leader:
        return []
    around = want.around
    start = ((around.left + around.right) / 2, (around.top + around.bottom) / 2)
    end = label.box.nearest(start)
    steps = max(1, math.ceil(math.dist(start, end) / 2))
    points = [
        (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps)
        for i in range(steps)
    ]
    boxes = [dot_box(x, y, 0.5) for x, y in points]
    return [box for box in boxes if not box.overlaps(label.box) and not box.overlaps(around)]
