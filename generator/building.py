"""Builds the whole site beside the last good one, and puts it in its place at once."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from generator import pages, urls
from generator.dataset import Dataset
from generator.exports import render_files
from generator.exports.feeds import render_feeds
from generator.exports.index import render_index
from generator.guides import GuideError, find_printable_languages, make_guides, set_guides
from generator.offline import (
    measure_core,
    render_archive,
    render_manifest,
    render_service_worker,
)
from generator.outputs import OutputFile, fingerprint
from generator.pages.offline import Look, render_helplines
from generator.pages.rendering import Renderer
from generator.plugin import RenderingFailed, read_icons, render_site
from generator.templates import make_environment
from generator.urls import Address
from generator.values.text import SOURCE_LANGUAGE
from generator.views.downloads import GuideFacts
from generator.views.updates import compare_days
from generator.words import UnusableTextError, words_for

BUILD_FAILURES = (RenderingFailed, GuideError, UnusableTextError)
"""What a build raises when the data, the texts or the templates don't allow a site."""


@dataclasses.dataclass(frozen=True)
class BuildOptions:
    """Where the settings and authored pages lie, where the site goes, and its public address."""

    config_file: Path
    content_dir: Path
    site_dir: Path
    site_url: str | None


@dataclasses.dataclass(frozen=True)
class BuildReport:
    """What a build wrote, in bytes: core and helplines compressed, each for its largest.

    `left_out` are the sentences on what guides had no room for.
    """

    file_count: int
    byte_count: int
    archive_bytes: int
    core_bytes: int
    helplines_bytes: int
    guide_bytes: int
    left_out: tuple[str, ...] = ()


def build_site(
    dataset: Dataset,
    options: BuildOptions,
    *,
    say: Callable[[str], None],
    history: Sequence[tuple[str, Dataset]] = (),
) -> BuildReport:
    """Build every language, the exports and the pages above them, then swap the site in.

    `dataset` has been checked. `say` is told each step before it begins. `history` is how the data
    stood on earlier days (see `history.py`), oldest first. Raises one of `BUILD_FAILURES`; whatever
    is raised, the last good site stays as it was.
    """
    days = compare_days(history)
    say("setting the guides")
    guides = set_guides(list(make_guides(dataset, site_url=options.site_url)))
    facts = {
        one.guide.address.path: GuideFacts(len(one.pdf), one.page_count, one.picture_size)
        for one in guides
    }
    # A language without authored pages of its own still has all others.
    with replaced_folder(options.site_dir) as staging, tempfile.TemporaryDirectory() as empty:
        for language in dataset.languages:
            say(f"rendering {dataset.interfaces[language].name} pages")
            docs_dir = options.content_dir / language
            render_site(
                options.config_file,
                language=language,
                dataset=dataset,
                docs_dir=docs_dir if docs_dir.is_dir() else Path(empty),
                site_dir=staging / language,
                site_url=options.site_url,
                guides=facts,
                days=days,
            )
        say("writing downloads and data")
        base = urlsplit(options.site_url or "/").path
        version = _version_of_assets(staging / SOURCE_LANGUAGE)
        roots = pages.render_root_pages(dataset, base=base, version=version)
        for address, html in roots.items():
            _write(staging, address, html.encode())
        files = [
            *render_files(dataset),
            *render_feeds(dataset, days, site_url=options.site_url),
            *_render_helplines(dataset, staging),
            *(file for one in guides for file in one.files),
        ]
        for file in [*files, *render_index(files, dataset)]:
            _write(staging, file.address, file.content)
        say("making it work without a network")
        report = _write_offline(staging, files, dataset)
    left_out = [line for one in guides for line in one.describe_left_out()]
    printable = find_printable_languages(dataset)
    for code, interface in dataset.interfaces.items():
        if code not in printable:
            left_out.append(f"no guides in {interface.name}: their font lacks its letters")
    return dataclasses.replace(report, left_out=tuple(left_out))


def _render_helplines(dataset: Dataset, staging: Path) -> Iterator[OutputFile]:
    """Yield each country in one file, which looks as the pages do."""
    assets = staging / SOURCE_LANGUAGE / "assets"
    look = Look(
        style=(assets / "dalil.css").read_text(encoding="utf-8"),
        script=(assets / "ages.js").read_text(encoding="utf-8"),
        icons=read_icons(),
    )
    for language in dataset.languages:
        yield from render_helplines(Renderer(dataset, language), look)


def _write_offline(staging: Path, published: Sequence[OutputFile], dataset: Dataset) -> BuildReport:
    """Write the folder to download, what the service worker keeps, and the worker itself.

    The folder has everything that was written so far; the index in it doesn't list the folder.
    """
    assert dataset.edition is not None
    files = _read_files(staging)
    archive = render_archive(files, dataset.edition)
    for file in [archive, *render_index([*published, archive], dataset)]:
        _write(staging, file.address, file.content)
    versions = {language: _version_of_assets(staging / language) for language in dataset.languages}
    manifest = render_manifest(files, dataset, versions=versions)
    _write(staging, urls.OFFLINE_MANIFEST, manifest)
    environment = make_environment(words_for(dataset, SOURCE_LANGUAGE))
    _write(staging, urls.SERVICE_WORKER, render_service_worker(manifest, environment))
    sizes = [path.stat().st_size for path in staging.rglob("*") if path.is_file()]
    return BuildReport(
        file_count=len(sizes),
        byte_count=sum(sizes),
        archive_bytes=len(archive.content),
        core_bytes=max(measure_core(manifest, files, language) for language in dataset.languages),
        guide_bytes=sum(
            len(file.content) for file in published if file.media_type == "application/pdf"
        ),
        helplines_bytes=max(
            len(gzip.compress(file.content)) for file in published if file.media_type == "text/html"
        ),
    )


def _version_of_assets(site_dir: Path) -> str:
    """Return the version of the scripts and styles in the site of one language."""
    assets = (site_dir / "assets").iterdir()
    return fingerprint({f"assets/{path.name}": path.read_bytes() for path in assets})


def _read_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class UnsafeTargetError(ValueError):
    """The folder for the site holds something else, which a build would delete."""


def check_target(target: Path, *, keep: Sequence[Path]) -> None:
    """Raise `UnsafeTargetError` unless a build may replace `target`.

    It may if there is nothing, an empty folder or an earlier site, and if none of the folders in
    `keep` lies inside.
    """
    target = target.resolve()
    for folder in keep:
        if folder.resolve().is_relative_to(target):
            raise UnsafeTargetError(f"{target} holds {folder.resolve()}, which must stay")
    if not target.exists():
        return
    if not target.is_dir():
        raise UnsafeTargetError(f"{target} is no folder")
    if any(target.iterdir()) and not (target / urls.API_INDEX.path).is_file():
        raise UnsafeTargetError(f"{target} holds other files than a site, and would be replaced")


@contextlib.contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when that went well, it becomes `target`.

    The new folder lies beside the old one, so that putting it in place is two renames. A build that
    died leaves its folder behind, or the old site under another name; the next one tidies up.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy_up(target)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-{os.getpid()}-", dir=target.parent))
    try:
        yield staging
        # Folders made by tempfile can be read by their owner alone.
        staging.chmod(0o755)
        previous = _previous(target)
        if target.exists():
            target.rename(previous)
        staging.rename(target)
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _tidy_up(target: Path) -> None:
    """Take away what builds left that were killed, and put back the site that they had moved."""
    previous = _previous(target)
    if previous.exists():
        if target.exists():
            shutil.rmtree(previous)
        else:
            previous.rename(target)
    for leftover in target.parent.glob(f".{target.name}-*-*"):
        owner = leftover.name.split("-")[-2]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(leftover, ignore_errors=True)


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write(folder: Path, address: Address, content: bytes) -> None:
    path = folder / address.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
