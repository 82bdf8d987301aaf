"""The pictures in guides: a map without its names, and codes for the cameras of phones."""

from __future__ import annotations

import io
from typing import Any

import segno

from generator.maps import CountryMap
from generator.maps.country import label_text
from generator.maps.text import SIZE


def render_qr_code(content: str) -> str:
    """Return a QR code (ISO/IEC 18004, error correction M) as SVG, with its quiet zone.

    `content` is a link: `tel:1111`, or the address of a page.
    """
    svg = io.BytesIO()
    code = segno.make(content, error="m", micro=False, boost_error=False)
    code.save(svg, kind="svg", border=4, xmldecl=False, nl=False, light="#fff")
    return svg.getvalue().decode()


def render_ground(drawn: CountryMap) -> str:
    """Return a map as SVG for paper, without its names, which the guide sets in its own letters."""
    dashed = f'<path d="{drawn.dashed}" stroke-dasharray="5 4"/>' if drawn.dashed else ""
    labels = [pin.label for pin in drawn.pins] + [area.label for area in drawn.areas]
    leaders = "".join(
        f'<path d="{label.leader}" stroke-width="1"/>' for label in labels if label.leader
    )
    areas = "".join(
        f'<circle cx="{one.x}" cy="{one.y}" r="{one.radius}" fill="#0b5563" fill-opacity="0.22"/>'
        for one in drawn.areas
    )
    dots = "".join(
        f'<circle cx="{dot.x}" cy="{dot.y}" r="{drawn.dot}" fill="#0b5563" stroke="#fff"/>'
        for pin in drawn.pins
        for dot in pin.dots
    )
    box = drawn.frame.view_box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none">'
        f'<path d="{drawn.land}" fill="#f4f7f7" stroke="#6c8584" stroke-width="0.8"/>'
        f'<path d="{drawn.country}" fill="#0b5563" fill-opacity="0.16"/>'
        f'<g stroke="#6c8584" stroke-width="1.2"><path d="{drawn.borders}"/>{dashed}{leaders}</g>'
        f"{areas}{dots}</svg>"
    )


def plain_map(drawn: CountryMap, *, name: str) -> dict[str, Any]:
    """Return a map as plain data: the ground, and names with places in units of its width.

    `name` is read out instead of the picture.
    """
    named = [([dot.pin.name for dot in pin.dots], pin.count, pin.label) for pin in drawn.pins] + [
        ([one.area.name], one.area.count, one.label) for one in drawn.areas
    ]
    return {
        "svg": render_ground(drawn),
        "name": name,
        "width": drawn.frame.box.right,
        "height": drawn.frame.height,
        "size": SIZE,
        "labels": [
            {
                "text": label_text(names, count),
                "x": label.x,
                "y": label.y,
                "anchor": label.anchor,
            }
            for names, count, label in named
        ],
    }
