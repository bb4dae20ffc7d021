"""Random revisions that a model server on this machine writes: `python -m tests.revision_campaign FOLDER RECORD`.

Prints what `python -m evals.revision … --model` counts, over the real client and a real stream.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from evals.revision import main as count_revisions
from tests.servers.client import MODEL
from tests.servers.gemini import GeminiServer
from tests.servers.revision_answer import RevisionAnswer


def main(arguments: list[str]) -> None:
    """Serve a model and count."""
    language = json.loads((Path(arguments[0]) / "report.json").read_bytes())["language"]
    with GeminiServer(RevisionAnswer(language), token_seconds=0.0001) as server:
        os.environ |= {"GOOGLE_API_KEY": "none", "GOOGLE_GEMINI_BASE_URL": server.url}
        count_revisions([*arguments, "--model", MODEL])


if __name__ == "__main__":
    main(sys.argv[1:])
