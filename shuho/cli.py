"""The command. It alone turns an error into a message and an exit code; heavy imports wait."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from agent.errors import ShuhoError

if TYPE_CHECKING:
    from agent.settings import Settings

_EXITS = """Exit codes: 0 report complete; 3 report written with gaps, which it lists; 2 nothing publishable; 4 another run
holds this week; 64 bad topic, setting or key; 75 stopped, the same command goes on later; 130 interrupted."""

app = typer.Typer(
    name="shuho",
    help="Write a weekly report from the world's news; nothing is printed that the sources do not bear out.",
    epilog=_EXITS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

TopicFile = Annotated[Path, typer.Argument(metavar="TOPIC.toml", help="The topic file; `shuho init` writes one.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where reports and the store lie.")]
_OUT = Path("reports")


def main() -> NoReturn:
    """Run the command and exit."""
    try:
        app()
    except ShuhoError as error:
        print(f"shuho: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("shuho: interrupted; what is done is kept, the same command goes on from there", file=sys.stderr)
        sys.exit(130)
    sys.exit(0)


@app.callback(invoke_without_command=True)
def _program(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        from shuho import __version__

        print(f"shuho {__version__}")
        raise typer.Exit


@app.command(epilog=_EXITS)
def run(
    topic: TopicFile,
    week: Annotated[str, typer.Option(metavar="YYYY-Www", help="ISO week; the current one by default.")] = "",
    out: Out = _OUT,
    engine: Annotated[
        Literal["auto", "model", "extractive"],
        typer.Option(help="auto takes the model where a key is set; extractive needs neither key nor network."),
    ] = "auto",
    model: Annotated[str, typer.Option(metavar="PROVIDER:NAME", help="As in google_genai:gemini-3.5-flash.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Print at most this many articles.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Research again; the old version stays.")] = False,
) -> None:
    """Write the report of a week: DIR/<topic>/<week>/report.pdf, .html, .md, .json and run.json."""
    from shuho.app import RunOptions, run_week
    from shuho.watching import watch

    options = RunOptions(topic, out, week, engine, model, limit, fresh)
    with watch(sys.stderr) as progress:
        outcome = asyncio.run(run_week(options, _settings(), progress))
    state = "complete" if outcome.complete else f"written with {outcome.gaps} gaps, which the report lists"
    if outcome.repeated:
        state += "; it was finished before and nothing was asked again (--fresh researches again)"
    print(f"{outcome.folder / 'report.pdf'}: {state} ({outcome.engine} engine)")
    raise typer.Exit(0 if outcome.complete else 3)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(metavar="TOPIC.toml", help="The file to write.")] = Path("topic.toml"),
) -> None:
    """Write a commented topic file to start from."""
    from shuho.starting import write_topic_file

    write_topic_file(path)
    print(f"{path}: written; edit its sources, then: shuho run {path}")


@app.command()
def extract(
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="A page's address, or a local file.")],
    topic: Annotated[Path | None, typer.Option(help="Take outlets, mirror and limits from a topic file.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Allow private addresses, such as 127.0.0.1.")] = False,
) -> None:
    """Print what the researcher sees on one page, as JSON."""
    from shuho.looking import extract_page

    print(_json(asyncio.run(extract_page(target, topic, private))))


@app.command()
def articles(
    out: Out = _OUT,
    topic: Annotated[str, typer.Option(help="Only this topic (its name in paths).")] = "",
    week: Annotated[str, typer.Option(help="Only this week, as in 2026-W15.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the articles of the reports, all topics and weeks."""
    from shuho.looking import filed_articles

    rows = filed_articles(out, topic, week)
    if as_json:
        print(_json(rows))
        return
    for row in rows:
        number = f"#{row['number']:02d}" if row["number"] else "  +"
        print(f"{row['week']} {row['topic']} {number} {row['published_at'][:10]} {row['outlet']}: {row['title']}")
    print(f"{len(rows)} articles" + ("" if rows else f" in {out}; `shuho run` gathers some"), file=sys.stderr)


@app.command()
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="In any of the encoder's 16 languages.")],
    out: Out = _OUT,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find stored articles by meaning, across weeks and languages."""
    from shuho.looking import search_articles

    rows = search_articles(out, words, limit)
    if as_json:
        print(_json(rows))
        return
    for row in rows:
        print(f"{row['similarity']:.2f} {row['published_at'][:10]} [{row['language']}] {row['outlet']}: {row['title']}")
        print(f"     {row['url']}")


@app.command()
def reindex(out: Out = _OUT) -> None:
    """Rebuild the vector store from the record."""
    from shuho.looking import rebuild_store

    stored, passages = rebuild_store(out)
    print(f"{out / '.shuho' / 'chroma'}: {stored} articles and {passages} passages, rebuilt from the record")


@app.command()
def doctor(out: Out = _OUT, offline: Annotated[bool, typer.Option(help="Ask no model.")] = False) -> None:
    """Tell what works here and what to do about what does not."""
    from shuho.doctor import examine

    findings = asyncio.run(examine(out, _settings(), offline=offline))
    for finding in findings:
        print(f"{'ok  ' if finding.good else 'TODO' if finding.needed else 'note'} {finding.what}: {finding.says}")
    raise typer.Exit(64 if any(not f.good and f.needed for f in findings) else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of report.json."""
    from agent.report import SCHEMA_VERSION, Report

    document = Report.model_json_schema(mode="serialization")
    document["$id"] = f"urn:shuho:report:{SCHEMA_VERSION}"
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    print(_json(document))


def _settings() -> Settings:
    from agent.settings import read_settings

    return read_settings(env_file=Path(".env"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
