"""The command. It alone turns an error into a message and an exit code; heavy imports wait."""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from agent.errors import ShuhoError
from shuho import __version__
from shuho.cli_revision import register as register_revision
from shuho.cli_run import Program
from shuho.cli_run import register as register_run

if TYPE_CHECKING:
    from agent.settings import Settings
    from evals.result import SuiteResult

_EXITS = (
    "Exit codes: 0 report complete; 3 report written with gaps, which it lists; 2 nothing publishable; 4 another run "
    "holds this week; 64 bad topic, setting or key; 75 stopped, the same command goes on later; 130 interrupted."
)

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
_OUT, _HERE = Path("reports"), Path()


def main() -> NoReturn:
    """Run the command and exit."""
    # Looking through all objects once more costs half a second, for a process that is going away.
    atexit.register(gc.freeze)
    for name in (signal.SIGTERM, signal.SIGHUP):
        # A closed terminal or a stopped service ends the run as Ctrl-C does.
        signal.signal(name, signal.default_int_handler)
    try:
        app()
    except ShuhoError as error:
        print(f"shuho: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == 130:
            print("shuho: interrupted; what is done is kept, the same command goes on from there", file=sys.stderr)
        # Typer's own 2 for a wrong option or argument means something else here.
        sys.exit(64 if end.code == 2 else end.code)
    sys.exit(0)


@app.callback(invoke_without_command=True)
def _program(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    context.obj = Program(_settings, print)
    if version:
        print(f"shuho {__version__}")
        raise typer.Exit


register_run(app, _EXITS)


@app.command()
def render(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report's folder, or its JSON of any version.")],
    formats: Annotated[
        str,
        typer.Option("--format", "-f", metavar="FORMAT[,…]", help="pdf html md json epub docx txt eml rss"),
    ] = "pdf",
    theme: Annotated[Path | None, typer.Option(metavar="DIR", help="Templates and styles of your own.")] = None,
    pdf_variant: Annotated[Literal["ua", "a"], typer.Option(help="PDF/UA-1, or PDF/A-3a for archives.")] = "ua",
    output: Annotated[Path | None, typer.Option(metavar="DIR", help="Instead of the report's own folder.")] = None,
) -> None:
    """Render any version of a report again, without a model."""
    from shuho.rendering import RenderOptions, named_formats, render_file

    rendered = render_file(RenderOptions(report, named_formats(formats), theme, pdf_variant, output))
    for path in rendered.files:
        print(path)
    for note in rendered.notes:
        print(f"shuho: {note}", file=sys.stderr)
    raise typer.Exit(3 if rendered.notes else 0)


@app.command()
def timings(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report's folder, its report.json or run.json.")],
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the page with its drawing there.")] = None,
) -> None:
    """Show where a run's time went: stages, model calls, waits, retries, tokens, cost."""
    from shuho.looking import timings_of

    print(timings_of(report, html))


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
def purge(
    address: Annotated[str, typer.Argument(metavar="URL", help="As a report prints it.")],
    out: Out = _OUT,
    allow: Annotated[bool, typer.Option("--allow", help="Let a removed article come back instead.")] = False,
) -> None:
    """Remove an article from the record and the vector store, with all that was made of it, for good."""
    from shuho.purging import allow_article, purge_article

    print("\n".join([allow_article(out, address)] if allow else purge_article(out, address)))


@app.command()
def doctor(out: Out = _OUT, offline: Annotated[bool, typer.Option(help="Ask no model.")] = False) -> None:
    """Tell what works here and what to do about what does not."""
    from shuho.doctor import examine

    findings = asyncio.run(examine(out, _settings(), offline=offline))
    for finding in findings:
        print(f"{'ok  ' if finding.good else 'TODO' if finding.needed else 'note'} {finding.what}: {finding.says}")
    raise typer.Exit(64 if any(not f.good and f.needed for f in findings) else 0)


@app.command(name="eval")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(metavar="[SUITE]...", help="All when none is named.")] = None,
    report: Annotated[Path | None, typer.Option(help="Grade this report (report.json; judge: also .md, .txt).")] = None,
    against: Annotated[Path | None, typer.Option(help="Another report that the judge compares it with.")] = None,
    model: Annotated[str, typer.Option(metavar="PROVIDER:NAME", help="The model under test, and the judge.")] = "",
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Real data; ../shared/data if it is there.")] = None,
    out: Out = _OUT,
    small: Annotated[bool, typer.Option("--small", help="The small form, as in continuous integration.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    baseline: Annotated[bool, typer.Option(help="Compare with the baselines; exit 1 when something is worse.")] = True,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Make the results the baseline.")] = False,
) -> None:
    """Measure every agent's work, and a report's: suites of versioned datasets, compared with committed baselines."""
    from evals.session import EvalOptions, conclude
    from shuho.evaluating import evaluate_program

    options = EvalOptions(tuple(suites or ()), out, report, against, model, data, small)

    def done(result: SuiteResult) -> None:
        print(f"{result.suite}: {result.status} {result.note} ({result.seconds:.1f} s)", file=sys.stderr)

    measured = asyncio.run(evaluate_program(options, _settings(), done))
    text, code = conclude(*measured, as_json=as_json, baseline=baseline, update=update_baseline)
    print(text)
    raise typer.Exit(code)


@app.command(epilog="Exit codes: 0 no error; 1 errors found; 64 no report that can be read.")
def check(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A folder or report.json of shuho, or any .md, .txt, .pdf.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the record of the sources lies.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find the defects of a report, ours or another system's: exits with 1 when one of them is an error."""
    from shuho.checking import check_file

    findings = check_file(report, out)
    if as_json:
        print(_json({"findings": [finding.model_dump(mode="json") for finding in findings]}))
    else:
        for finding in findings:
            quote = f"\n    {finding.quote}" if finding.quote else ""
            print(f"{finding.severity}: {finding.where}: {finding.message} [{finding.check}]{quote}")
        errors = sum(finding.severity == "error" for finding in findings)
        print(f"{report}: {errors} errors, {len(findings) - errors} warnings and notes", file=sys.stderr)
    raise typer.Exit(1 if any(finding.severity == "error" for finding in findings) else 0)


@app.command()
def serve(
    out: Out = _OUT,
    topics: Annotated[
        Path, typer.Option(metavar="DIR", help="Topic files for runs: DIR/*.toml, DIR/*/topic.toml.")
    ] = _HERE,
    host: Annotated[str, typer.Option(help="Another than 127.0.0.1 demands the key that is printed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    engine: Annotated[Literal["auto", "model", "extractive"], typer.Option(help="What revises.")] = "auto",
    model: Annotated[str, typer.Option(metavar="PROVIDER:NAME", help="As for run.")] = "",
) -> None:
    """Open the reports on a local web page: read them beside their sources, revise them, start runs."""
    from shuho.web.serving import ServeCommand, serve_page

    serve_page(ServeCommand(out, host, port, topics, engine, model), _settings(), lambda text: print(text, flush=True))


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


register_revision(app)
