"""Maps as values: everything is measured and placed here, so that a template only lays out.

Pure functions: what a map shows comes in, paths and places in units of its viewBox come out.
"""

from generator.maps.country import Area, CountryMap, MapTooCrowdedError, Pin, make_country_map
from generator.maps.region import CountryLink, RegionMap, RouteName, make_region_map

__all__ = [
    "Area",
    "CountryLink",
    "CountryMap",
    "MapTooCrowdedError",
    "Pin",
    "RegionMap",
    "RouteName",
    "make_country_map",
    "make_region_map",
]
