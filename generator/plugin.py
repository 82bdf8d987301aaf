"""The only importer of MkDocs: gives it the generated pages, and builds or serves with it.

MkDocs and Material are at the end of their lives; all that depends on them is here, in mkdocs.yml
and in theme_overrides/, so that another renderer can take their place.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import material
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.commands.build import build as build_mkdocs
from mkdocs.config import load_config
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib import search
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator import urls
from generator.authored import AuthoredPage, replace_citations
from generator.checked_loading import load_and_check
from generator.dataset import Dataset
from generator.models.base import Citation
from generator.offline import render_web_manifest
from generator.outputs import fingerprint
from generator.pages import render_pages
from generator.pages.rendering import Page, Renderer
from generator.problems import has_errors, render_text
from generator.search.index import render_search_index
from generator.urls import Address
from generator.values.dates import latest_today
from generator.values.links import check_email, check_web_address
from generator.values.text import SOURCE_LANGUAGE
from generator.views.downloads import GuideFacts
from generator.views.frame import Frame, view_frame
from generator.views.reports import Editors, ReportLink, view_file_report
from generator.views.sources import CitationView, view_citation
from generator.views.translations import has_drafts
from generator.views.updates import DayOfChanges
from generator.words import UnusableTextError

# Material says at each start that MkDocs 2 will not run it; pyproject.toml pins what does.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

ICONS = {
    "call": "phone",
    "whatsapp": "whatsapp",
    "sms": "message-text",
    "email": "email",
    "web": "open-in-new",
}
"""Which of the theme's icons stands for which kind of action."""

log = get_plugin_logger("dalil")

# The extension for checklists gives its boxes no labels.
_TASK = re.compile(
    r'(<li class="task-list-item">)(<input type="checkbox" ?/?>)(.*?)(</li>)', re.DOTALL
)


class RenderingFailed(Exception):
    """MkDocs could not render the site; the message says why."""


class _AddressOption(Type[str]):
    """An address that may be absent, and otherwise has to pass a check of ours."""

    def __init__(self, check: Callable[[str], str]) -> None:
        super().__init__(str, default="")
        self._check = check

    def run_validation(self, value: object) -> str:
        address = super().run_validation(value)
        try:
            return self._check(address) if address else ""
        except ValueError as error:
            raise ValidationError(str(error)) from error


class DalilConfig(Config):
    """The plugin's settings in mkdocs.yml; `data_dir` is relative to that file.

    `repo_url`, `edit_uri` and `report_email` are how readers reach the editors, see `Editors`.
    """

    data_dir = Type(str, default="data")
    language = Type(str, default="en")
    repo_url = _AddressOption(check_web_address)
    edit_uri = Type(str, default="edit/main/")
    report_email = _AddressOption(check_email)


class DalilPlugin(BasePlugin[DalilConfig]):
    """Contributes the generated pages of one language and the frame around every page."""

    dataset: Dataset | None = None
    guides: Mapping[str, GuideFacts] | None = None
    days: Sequence[DayOfChanges] = ()
    renderer: Renderer
    is_draft: bool
    version: str
    pages: dict[str, Page]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the data, before MkDocs touches the last good site."""
        if self.dataset is None:
            self.dataset = _load_checked(
                self._data_dir(config), self.config.data_dir, Path(config.docs_dir).parent
            )
        language = self.config.language
        editors = Editors(self.config.repo_url, self.config.edit_uri, self.config.report_email)
        self.renderer = Renderer(
            self.dataset, language, guides=self.guides, editors=editors, days=self.days
        )
        rendered = render_pages(self.renderer)
        self.is_draft = language != SOURCE_LANGUAGE and has_drafts(self.dataset, language)
        self.pages = {_source_path(page.address, language): page for page in rendered}
        # They hold the day of the build, and links that don't work in a folder.
        config.theme.static_templates.clear()
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, and leave out Material's scripts and styles, which none uses."""
        own = {Path(config.docs_dir), Path(config.theme.custom_dir or config.docs_dir)}
        for file in list(files):
            if Path(file.src_dir or "") not in own:
                files.remove(file)
        for source_path in self.pages:
            if source_path in files.src_uris:
                message = f"{source_path} has the address of a generated page: give it another name"
                raise Abort(message)
            files.append(File.generated(config, source_path, content=""))
        for name, page in self._untranslated().items():
            # An index is the page of its folder.
            is_index = any(other.startswith(f"{name}/") for other in self._authored)
            source_path = f"{name}/index.md" if is_index else f"{name}.md"
            files.append(File.generated(config, source_path, content="\n".join(page.file.lines)))
        index = render_search_index(self.renderer.dataset, self.renderer.words)
        files.append(File.generated(config, "assets/search-index.js", content=index))
        lunr = Path(search.__file__).parent / "templates" / "search" / "lunr.js"
        files.append(File.generated(config, "assets/lunr.js", abs_src_path=str(lunr)))
        assets = (file for file in files if file.src_uri.startswith("assets/"))
        self.version = fingerprint({file.src_uri: file.content_bytes for file in assets})
        web_manifest = render_web_manifest(self.renderer.words, version=self.version)
        files.append(File.generated(config, "manifest.webmanifest", content=web_manifest))
        for file in files.documentation_pages():
            # Links name the file itself: they have to work from a folder too.
            file.url = file.dest_uri
        return files

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Write out the citations of an authored page."""

        def cite(citations: tuple[Citation, ...]) -> str:
            address = self._address(page)
            return self.renderer.render("cite.html.j2", address, citations=self._view(citations))

        return replace_citations(markdown, cite)

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Return what was generated for a page; an authored one keeps its own content."""
        if generated := self.pages.get(page.file.src_uri):
            return generated.html
        heading = Markup("<h1>{}</h1>\n").format(page.title)
        content = str(heading) + _TASK.sub(r"\1<label>\2<span>\3</span></label>\4", html)
        if self._name(page) in self._untranslated():
            return self.renderer.render(
                "untranslated.html.j2",
                self._address(page),
                content=Markup(content),  # noqa: S704  HTML that MkDocs made from our own Markdown
                language=SOURCE_LANGUAGE,
            )
        return self.renderer.mark_terms(content, self._address(page))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme's template the site's words and relative links."""
        env.globals["t"] = self.renderer.words
        env.globals["icons"] = ICONS
        env.filters["link"] = _link
        return env

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Give the theme's template the frame of the page."""
        assert self.dataset is not None
        language = self.config.language
        generated = self.pages.get(page.file.src_uri)
        address = self._address(page)
        if generated:
            title, description = generated.title, generated.description
            crumbs, report = generated.crumbs, generated.report
        else:
            title, crumbs = str(page.title), ()
            report = self._report_authored(page)
            description = str(page.meta["description"])
        site_url = (config.site_url or "").removesuffix(f"{language}/") or None
        extended: dict[str, Any] = dict(context)
        extended["frame"] = view_frame(
            self.dataset,
            self.renderer.words,
            address=address,
            title=title,
            description=description,
            crumbs=crumbs,
            report=report,
            is_generated=generated is not None,
            is_draft=self.is_draft,
            site_url=site_url,
        )
        extended["has_map"] = "data-map-needs" in (page.content or "")
        extended["has_filters"] = "data-filters" in (page.content or "")
        extended["asset"] = lambda name: (
            f"{urls.asset(language, name).seen_from(address.path)}?v={self.version}"
        )
        return cast(TemplateContext, extended)

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],
    ) -> LiveReloadServer:
        """Build again when the data, the templates or the theme change."""
        for folder in (
            self._data_dir(config),
            *watched_folders(config.theme.custom_dir),
        ):
            server.watch(str(folder))
        return server

    @property
    def _authored(self) -> dict[str, AuthoredPage]:
        return self.renderer.dataset.authored_in(self.config.language)

    def _untranslated(self) -> dict[str, AuthoredPage]:
        """Return the authored pages that are shown in the source language, by name."""
        language = self.config.language
        return {name: page for name, page in self._authored.items() if page.language != language}

    def _name(self, page: MkDocsPage) -> str:
        return page.file.src_uri.removesuffix(".md").removesuffix("/index")

    def _report_authored(self, page: MkDocsPage) -> tuple[ReportLink, ...]:
        authored = self._authored[self._name(page)]
        return view_file_report(authored.file.path, self.renderer.editors, self.renderer.words)

    def _address(self, page: MkDocsPage) -> Address:
        return Address(f"{self.config.language}/{page.file.dest_uri}")

    def _view(self, citations: tuple[Citation, ...]) -> list[CitationView]:
        dataset, words = self.renderer.dataset, self.renderer.words
        return [view_citation(citation, dataset, words) for citation in citations]

    def _data_dir(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.data_dir


def render_site(
    config_file: Path,
    *,
    language: str,
    dataset: Dataset,
    docs_dir: Path,
    site_dir: Path,
    site_url: str | None,
    guides: Mapping[str, GuideFacts],
    days: Sequence[DayOfChanges] = (),
) -> None:
    """Render the site of one language with MkDocs into a folder, which is emptied first.

    `docs_dir` has the language's authored pages; `site_url` is where the whole site will be
    published; `guides` are those that were set, by path; `days` is what is known of earlier
    changes. Raises `RenderingFailed` with what MkDocs said, for its warnings too.
    """
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        config = load_config(
            str(config_file),
            docs_dir=str(docs_dir),
            site_dir=str(site_dir),
            site_url=f"{site_url.rstrip('/')}/{language}/" if site_url else "",
            strict=True,
        )
        plugin = config.plugins["dalil"]
        assert isinstance(plugin, DalilPlugin)
        plugin.dataset = dataset
        plugin.guides = guides
        plugin.days = days
        plugin.config.language = language
        build_mkdocs(config)
    except (Abort, ConfigurationError, UnusableTextError) as error:
        raise RenderingFailed("\n".join([*messages.texts, str(error)])) from error
    finally:
        logger.removeHandler(messages)


def configured_site_url(config_file: Path) -> str | None:
    """Return where mkdocs.yml says that the whole site will be published."""
    config = load_config(str(config_file))
    language = config.plugins["dalil"].config.language
    return str(config.site_url or "").removesuffix(f"{language}/") or None


def read_icons() -> dict[str, str]:
    """Return the icons of the theme that pages use, as SVG, by what they stand for."""
    folder = Path(material.__file__).parent / "templates" / ".icons" / "material"
    return {
        name: (folder / f"{icon}.svg").read_text(encoding="utf-8") for name, icon in ICONS.items()
    }


def watched_folders(custom_dir: str | None) -> list[Path]:
    """Return the folders beside the data on which the pages depend."""
    here = Path(__file__).parent
    return [here / "templates", *([Path(custom_dir)] if custom_dir else [])]


def serve_folder(
    site_dir: Path,
    *,
    builder: Callable[[], None],
    watch: Sequence[Path],
    host: str,
    port: int,
) -> None:
    """Serve a folder with live reload until interrupted; `builder` fills it after a change."""
    server = LiveReloadServer(builder=builder, host=host, port=port, root=str(site_dir))
    for path in watch:
        server.watch(str(path))
    # It says where it serves, and when it saw a change.
    logger = logging.getLogger("mkdocs.livereload")
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    try:
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


@pass_context
def _link(context: Context, target: Address) -> str:
    frame: Frame = context["frame"]
    return target.seen_from(frame.address.path)


class _Messages(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def _load_checked(data_dir: Path, shown_as: str, content_dir: Path) -> Dataset:
    loaded, problems = load_and_check(
        data_dir, shown_as=shown_as, content_dir=content_dir, today=latest_today()
    )
    if problems:
        level = logging.ERROR if has_errors(problems) else logging.WARNING
        text = render_text(problems, file_count=loaded.file_count)
        log.log(level, "the data has problems\n%s", text)
    if has_errors(problems):
        raise Abort("The data has errors; the site was not built.")
    return loaded.dataset


def _source_path(address: Address, language: str) -> str:
    """Return the Markdown file that MkDocs would make the page from."""
    path = address.path.removeprefix(f"{language}/")
    return path.removesuffix("/index.html").removesuffix(".html") + ".md"
