"""Random wishes to a language model over a real issue: the same promises hold for what a model writes.

`python -m evals.revision REPORT_FOLDER RECORD.sqlite [COUNT] [SEED] --model PROVIDER:NAME` counts them; the key and the
address come from the environment.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from agent.calls.chat_model import chat_model
from agent.calls.ledger import Ledger
from agent.calls.llm import ModelClient
from agent.calls.pace import Pace
from agent.calls.prices import price_of
from agent.errors import AnswerError
from agent.language.sentences import is_sentence, split
from agent.model import Article
from agent.observability.progress import Silent
from agent.report import Report
from agent.revision.edits import Edit, Passage, RefusedEdit, Sources
from agent.revision.requests import Write
from agent.revision.sections import cited_by, section_ids, sentences_of
from agent.revision.writing import ModelWriter
from agent.settings import Settings

_WISHES = ("Shorter.", "Livelier.", "Plainer words.", "Put the figures first.", "もっと短く。", "言い換えて。")
_PASSAGES = 8


class Wishes:
    """Asks a model for random revisions; `asked` and `heard` count its calls and the times its answer grew."""

    def __init__(self, model: str, settings: Settings, ledger: Path) -> None:
        chosen = settings.model_settings(model)
        chat = chat_model(chosen.name, api_key=chosen.api_key, base_url=chosen.base_url, timeout=chosen.timeout)
        self._ledger = Ledger(ledger)
        self._client = ModelClient(
            chat, chosen.name, self._ledger, pace=Pace(), progress=Silent(), price=price_of(chosen.name)
        )
        self._writer = ModelWriter(self._client)
        self.heard = 0

    @property
    def asked(self) -> int:
        """Calls to the model."""
        return self._client.tally.calls

    async def edit(self, report: Report, articles: Mapping[str, Article], draw: random.Random, nonce: int) -> Edit:
        """Return what a model makes of a random wish for a random section. Raises RefusedEdit."""
        names = [name for name in section_ids(report) if sentences_of(report, name)]
        texts = [f"articles/{a.number}/{field}" for a in report.articles for field in ("summary", "background", "main")]
        section = draw.choice(names if draw.random() < 0.6 else texts)
        wish = Write(section=section, instruction=f"{draw.choice(_WISHES)} ({nonce})")
        passages = _passages(report, section, articles, draw)
        try:
            return await self._writer.rewrite(wish, report, Sources(articles), passages, self._hear)
        except AnswerError as error:
            raise RefusedEdit("unfit", fault=str(error), text="") from None

    async def aclose(self) -> None:
        """Close the model's connections and the ledger."""
        await self._client.aclose()
        self._ledger.close()

    def _hear(self, draft: str) -> None:
        self.heard += bool(draft)


def _passages(
    report: Report, section: str, articles: Mapping[str, Article], draw: random.Random
) -> tuple[Passage, ...]:
    """Return random sentences of the articles that a section rests on."""
    found = []
    number_of = {a.number: a.id for a in report.articles}
    for number in cited_by(report, section):
        source = articles[number_of[number]]
        spans = [span.text for span in split(source.text, source.language) if is_sentence(span)]
        found += [Passage(number=number, text=text, article_id=source.id) for text in spans]
    return tuple(draw.sample(found, min(_PASSAGES, len(found))))
